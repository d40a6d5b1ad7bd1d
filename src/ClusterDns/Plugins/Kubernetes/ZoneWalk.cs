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
/// <param name="record">Filled with each record that the walk comes to.</param>
/// <param name="addressTimeToLive">TTL of addresses in seconds.</param>
/// <param name="serviceTimeToLive">The same of SRV records.</param>
internal abstract class ZoneWalk(
    ApexRecords apex, ClusterZone cluster, WalkedRecord record, uint addressTimeToLive, uint serviceTimeToLive) : IZoneContents
{
    /// <summary>Of SRV records to the Service's own name, and what those to the endpoints of a slice add up to.</summary>
    protected const int WholeWeight = 100;

    private IEnumerator<WalkedRecord>? _records;
    private int _server = -1;

    protected WalkedRecord Record { get; } = record;

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

    /// <summary>SRV records to the Service's own name: at it for each number, and at the names of its ports.</summary>
    protected IEnumerable<WalkedRecord> OfPorts(ServiceEntry service)
    {
        for (var i = 0; i < service.Ports.Length; i++)
        {
            var port = service.Ports[i];
            if (ServicePorts.IsFirstOfItsNumber(service.Ports, i))
            {
                yield return Record.At(service).LeadsTo(serviceTimeToLive, WholeWeight, port.Number, service);
            }

            if (ServicePorts.HasName(port))
            {
                yield return Record.At(service, port).LeadsTo(serviceTimeToLive, WholeWeight, port.Number, service);
            }
        }
    }

    /// <summary>Addresses at the Service's name and at those of its endpoints, and SRV records to the latter.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="hasNumbers">SRV records stand at the Service's own name as well, for each number.</param>
    protected IEnumerable<WalkedRecord> OfEndpoints(ServiceEntry service, bool hasNumbers)
    {
        for (var slice = 0; slice < service.Endpoints.Length; slice++)
        {
            var group = service.Endpoints[slice];
            var weight = (ushort)Math.Max(1, WholeWeight / group.Count);
            for (var i = 0; i < group.Count; i++)
            {
                if (!SliceAddresses.IsRepeated(service.Endpoints, slice, i))
                {
                    yield return Record.At(service).Has(addressTimeToLive, group.Address(i));
                }

                yield return Record.At(service, group, i).Has(addressTimeToLive, group.Address(i));
                for (var number = 0; number < group.Ports.Length; number++)
                {
                    var port = group.Ports[number];
                    if (hasNumbers && ServicePorts.IsFirstOfItsNumber(group.Ports, number))
                    {
                        yield return Record.At(service).LeadsTo(serviceTimeToLive, weight, port.Number, service, group, i);
                    }

                    if (ServicePorts.HasName(port))
                    {
                        yield return Record.At(service, port).LeadsTo(serviceTimeToLive, weight, port.Number, service, group, i);
                    }
                }
            }
        }
    }

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
