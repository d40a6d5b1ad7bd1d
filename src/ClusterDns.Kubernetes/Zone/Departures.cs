using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Endpoints that one slice of a Service has lost and another may be about to gain. The controller that moves an endpoint
/// writes two objects, so two events come, in any order, and between them the endpoint would have no name. What is lost
/// without having become unready first is served for a moment longer: until it turns up, its hostname has another owner,
/// or the time is over. A pod that ends the usual way is unready before it is gone, and is not waited for.
/// </summary>
internal sealed class Departures
{
    /// <summary>
    /// Between the two events: the controller's next request to the API server, and the way here. A pod that was killed
    /// outright has its name for so long, which is less than a client's own cache.
    /// </summary>
    public static readonly TimeSpan UsualGrace = TimeSpan.FromMilliseconds(200);

    /// <summary>While a list is read, whose order is that of names: until its end, but not as long as a stalled one.</summary>
    private static readonly TimeSpan ListGrace = TimeSpan.FromSeconds(5);

    /// <summary>Endpoints that are waited for at the most; beyond that, what is lost is gone.</summary>
    private const int MaxKept = 20_000;

    private readonly ZoneTables _tables;
    private readonly TimeProvider _time;
    private readonly long _grace;
    private readonly long _listGrace;
    private readonly Dictionary<ServiceNode, List<Departure>> _byService = [];
    private readonly PriorityQueue<Departure, long> _due = new();
    private readonly EndpointSet _known = new();
    private readonly List<int> _picked = [];
    private int _keptCount;

    /// <param name="tables">To see which other slices have an address.</param>
    /// <param name="time">Its timestamps count.</param>
    /// <param name="grace">Zero waits for nothing.</param>
    public Departures(ZoneTables tables, TimeProvider time, TimeSpan grace)
    {
        _tables = tables;
        _time = time;
        _grace = Ticks(grace);
        _listGrace = grace > TimeSpan.Zero ? Ticks(ListGrace) : 0;
    }

    public bool IsEmpty => _byService.Count == 0;

    /// <summary>When <see cref="TakeDue"/> has something next; null while nothing is kept.</summary>
    public TimeSpan? UntilNext => _due.TryPeek(out _, out var until) ? _time.GetElapsedTime(_time.GetTimestamp(), until) : null;

    public Departure? Find(EndpointsNode node) =>
        node.Service is not null && _byService.TryGetValue(node.Service, out var all) ? all.Find(entry => ReferenceEquals(entry.Node, node)) : null;

    /// <summary>Notes what a slice has lost; null where there is nothing to wait for.</summary>
    /// <param name="node">The slice as it is served still.</param>
    /// <param name="own">What it has now.</param>
    /// <param name="notReady">What it has besides, and knows not to be ready.</param>
    /// <param name="isListing">A list of slices is under way.</param>
    /// <param name="isRemoved">The object is gone.</param>
    public Departure? Note(EndpointsNode node, PackedEndpoints[] own, IReadOnlyList<NetworkAddress> notReady, bool isListing, bool isRemoved)
    {
        var entry = Find(node);
        if (entry is null && !MayWait(node, isRemoved))
        {
            return null;
        }

        _known.Fill(own, notReady);
        var kept = entry is null ? [] : KeepUnknown(entry.Kept);
        var lost = entry?.Own ?? node.Groups;
        var until = _time.GetTimestamp() + (isListing ? _listGrace : _grace);
        foreach (var group in lost)
        {
            if (MayWait(node, isRemoved) && PickLost(node, group) is { } picked && _keptCount + picked.Count <= MaxKept)
            {
                _keptCount += picked.Count;
                kept.Add((picked, until));
            }
        }

        return Store(node, entry, kept);
    }

    /// <summary>A slice has these endpoints now: the Service's other slices need not serve them any more.</summary>
    /// <param name="node">The slice that has them.</param>
    /// <param name="arrived">Its endpoints.</param>
    /// <param name="notReady">Those besides that are not ready: they have turned up as well.</param>
    /// <param name="changed">Is given each other slice that serves less than before.</param>
    public void Arrive(EndpointsNode node, PackedEndpoints[] arrived, IReadOnlyList<NetworkAddress> notReady, Action<Departure> changed)
    {
        if (!_byService.TryGetValue(node.Service!, out var all))
        {
            return;
        }

        _known.Fill(arrived, notReady);
        foreach (var entry in all.Where(entry => !ReferenceEquals(entry.Node, node)).ToArray())
        {
            var before = entry.Kept.Sum(kept => kept.Endpoints.Count);
            var kept = KeepUnknown(entry.Kept);
            if (kept.Sum(kept => kept.Endpoints.Count) < before)
            {
                Store(entry.Node, entry, kept);
                changed(entry);
            }
        }
    }

    /// <summary>The next slice that has waited long enough for some of its endpoints, without them.</summary>
    /// <param name="all">Waits for none any longer.</param>
    public Departure? TakeDue(bool all = false)
    {
        var now = _time.GetTimestamp();
        while (_due.TryPeek(out var entry, out var until) && (all || until <= now))
        {
            _due.Dequeue();
            if (ReferenceEquals(Find(entry.Node), entry))
            {
                var due = entry.Kept.RemoveAll(kept => IsDue(kept, all ? long.MaxValue : now));
                Store(entry.Node, entry, entry.Kept);
                if (due > 0)
                {
                    return entry;
                }
            }
        }

        return null;
    }

    /// <summary>The node goes, with all that it serves.</summary>
    public void Forget(EndpointsNode node)
    {
        if (Find(node) is { } entry)
        {
            _keptCount -= entry.Kept.Sum(kept => kept.Endpoints.Count);
            Drop(entry);
        }
    }

    // Nine services in ten have one slice, and what that loses is gone; what it gains in its stead shall stand alone.
    private bool MayWait(EndpointsNode node, bool isRemoved) =>
        _grace > 0
        && node is { Kind: ResourceKind.EndpointSlice, Service: { Current: not null } service }
        && (isRemoved || service.HasSeveralSlices);

    private bool IsDue((PackedEndpoints Endpoints, long Until) kept, long now)
    {
        if (kept.Until > now)
        {
            return false;
        }

        _keptCount -= kept.Endpoints.Count;
        return true;
    }

    private List<(PackedEndpoints Endpoints, long Until)> KeepUnknown(List<(PackedEndpoints Endpoints, long Until)> kept)
    {
        var left = new List<(PackedEndpoints Endpoints, long Until)>(kept.Count);
        foreach (var (group, until) in kept)
        {
            var picked = Pick(group, index => !_known.Knows(group, index));
            _keptCount -= group.Count - (picked?.Count ?? 0);
            if (picked is not null)
            {
                left.Add((picked, until));
            }
        }

        return left;
    }

    private PackedEndpoints? PickLost(EndpointsNode node, PackedEndpoints group) =>
        Pick(group, index => !_known.Knows(group, index) && !IsServedBeside(node, group, index));

    private PackedEndpoints? Pick(PackedEndpoints group, Predicate<int> isWanted)
    {
        _picked.Clear();
        for (var i = 0; i < group.Count; i++)
        {
            if (isWanted(i))
            {
                _picked.Add(i);
            }
        }

        return _picked.Count == 0 ? null : _picked.Count == group.Count ? group : group.Pick(_picked);
    }

    private bool IsServedBeside(EndpointsNode node, PackedEndpoints group, int index)
    {
        var address = NetworkAddress.FromOctets(group.Address(index));
        var bucket = _tables.EndpointsByAddress.Find(ZoneHash.Of(address));
        for (var i = 0; i < bucket.Count; i++)
        {
            var other = bucket[i];
            if (!ReferenceEquals(other, node) && ReferenceEquals(other.Service, node.Service) && Array.Exists(other.Groups, has => has.IndexOf(address, 0) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    private Departure? Store(EndpointsNode node, Departure? entry, List<(PackedEndpoints Endpoints, long Until)> kept)
    {
        if (kept.Count == 0)
        {
            if (entry is not null)
            {
                entry.Kept = kept;
                Drop(entry);
            }

            return null;
        }

        if (entry is null)
        {
            entry = new Departure(node);
            if (!_byService.TryGetValue(node.Service!, out var all))
            {
                _byService[node.Service!] = all = [];
            }

            all.Add(entry);
        }

        entry.Kept = kept;
        _due.Enqueue(entry, kept.Min(each => each.Until));
        return entry;
    }

    private void Drop(Departure entry)
    {
        var all = _byService[entry.Node.Service!];
        all.Remove(entry);
        if (all.Count == 0)
        {
            _byService.Remove(entry.Node.Service!);
        }
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);
}
