using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Plugins.Status.Feed;

/// <summary>
/// Notes what one cluster tells, when it tells it. A list is one line however many objects it has. Called by the zone's
/// writer, a step at a time.
/// </summary>
/// <param name="feed">Where it notes it.</param>
/// <param name="isListing">The first list is under way, or to come: who comes late takes the rest of it for the list.</param>
internal sealed class ClusterListener(ZoneFeed feed, bool isListing)
{
    private static readonly int Kinds = Enum.GetValues<ResourceKind>().Length;

    private readonly bool[] _isListing = [.. Enumerable.Repeat(isListing, Kinds)];
    private readonly int[] _listed = new int[Kinds];

    public void Note(ClusterChange change)
    {
        var kind = (int)change.Kind;
        switch (change.Action)
        {
            case ClusterAction.RelistStarted:
                _isListing[kind] = true;
                _listed[kind] = 0;
                break;
            case ClusterAction.RelistFinished:
                _isListing[kind] = false;
                feed.Add(change.Action, change.Kind, default, _listed[kind]);
                break;
            case ClusterAction.Put when _isListing[kind]:
                _listed[kind]++;
                break;
            default:
                feed.Add(change.Action, change.Kind, change.Key);
                break;
        }
    }
}
