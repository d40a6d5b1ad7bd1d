using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Status.Tail;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Status;

/// <summary>
/// Shows a block's queries to whoever follows them, which costs one look at a null reference while nobody does, and
/// counts them where <c>prometheus</c> does not.
/// </summary>
internal sealed class StatusPlugin(QueryTail tail, QueryMetrics? counts, string view = "") : ReplyPlugin
{
    private readonly SeriesByListener? _series = counts is null ? null : new SeriesByListener(counts, view);

    public override string Name => "status";

    protected override ServeResult After(Query query, ServeResult result)
    {
        if (_series is not null)
        {
            counts!.Count(_series.Of(query), query, result);
        }

        if (tail.Followers is { } followers)
        {
            QueryTail.Show(followers, query, result);
        }

        return result;
    }
}
