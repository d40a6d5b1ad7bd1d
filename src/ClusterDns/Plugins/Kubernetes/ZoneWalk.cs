using ClusterDns.Kubernetes.Zone;
using ClusterDns.Serving.Streaming;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// A zone made of Services: what stands at its apex, then the records of each Service, by name. Holds one reference for
/// each Service, whose state never changes; so a zone of any size is walked as it was when the walk began, and no record
/// of it is copied.
/// </summary>
/// <param name="apex">SOA and NS.</param>
/// <param name="cluster">Where the Services are.</param>
internal abstract class ZoneWalk(ApexRecords apex, ClusterZone cluster) : IZoneContents
{
    private IEnumerator<WalkedRecord>? _records;
    private int _server = -1;

    public uint Serial => apex.Serial;

    public bool TryAddStartOfAuthority(Reply reply) => apex.TryAddStartOfAuthority(reply);

    public bool MoveNext()
    {
        if (_server < apex.ServerCount && ++_server < apex.ServerCount)
        {
            return true;
        }

        _records ??= Records().GetEnumerator();
        return _records.MoveNext();
    }

    public bool TryAdd(Reply reply) =>
        _server < apex.ServerCount ? apex.TryAddServer(reply, _server) : _records!.Current.TryAdd(reply);

    /// <summary>Whether the zone has names for Services of this namespace.</summary>
    protected abstract bool Names(NamespaceEntry parent);

    /// <summary>The records of one Service.</summary>
    protected abstract IEnumerable<WalkedRecord> RecordsOf(ServiceEntry service);

    private IEnumerable<WalkedRecord> Records()
    {
        // The writer publishes a change before it moves the serial on, and the serial was read before this: what is here may
        // be newer than the serial says, and then the next transfer repeats it, but never older.
        ServiceEntry[] services = [.. cluster.Services.Where(service => Names(service.Namespace))];
        Array.Sort(services, Compare);
        foreach (var service in services)
        {
            foreach (var record in RecordsOf(service))
            {
                yield return record;
            }
        }
    }

    private static int Compare(ServiceEntry left, ServiceEntry right)
    {
        var byName = left.Label.SequenceCompareTo(right.Label);
        return byName != 0 ? byName : left.CompareTo(right);
    }
}
