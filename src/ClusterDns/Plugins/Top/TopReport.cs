namespace ClusterDns.Plugins.Top;

/// <summary>Who and what was most frequent.</summary>
/// <param name="Sample">One in so many queries is looked at; the largest, if blocks differ; 0 if no block has <c>top</c>.</param>
/// <param name="Since">When counting began.</param>
/// <param name="Window">How far back "now" reaches.</param>
/// <param name="Total">Since then, by <see cref="TopFamily"/>.</param>
/// <param name="Recent">In the window, by <see cref="TopFamily"/>.</param>
internal sealed record TopReport(
    int Sample, DateTimeOffset Since, TimeSpan Window, IReadOnlyList<TopList> Total, IReadOnlyList<TopList> Recent);
