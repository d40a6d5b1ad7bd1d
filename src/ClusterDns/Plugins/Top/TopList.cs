namespace ClusterDns.Plugins.Top;

/// <summary>The most frequent of one family and time.</summary>
/// <param name="Queries">All queries of the family; those that sampling passed over are estimated.</param>
/// <param name="Entries">The most frequent first.</param>
internal sealed record TopList(long Queries, IReadOnlyList<TopEntry> Entries)
{
    public static readonly TopList Empty = new(0, []);
}
