using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The cluster's names as queries read them: from any thread, without lock or allocation, while
/// <see cref="ZoneWriter"/> changes them.
/// </summary>
public sealed class ClusterZone
{
    /// <summary>Times that a query looks for a pod while the writer rearranges them under it; once nearly always.</summary>
    private const int MostPodReads = 4;

    private int _awaitedKinds;
    private bool _isRestoring;
    private bool _isRestored;
    private uint _serial;
    private uint _externalSerial;
    private int _namespaceCount;
    private int _serviceCount;
    private int _endpointCount;
    private int _podCount;
    private int _ipv6Count;

    internal ClusterZone(IReadOnlyCollection<ResourceKind> kinds)
    {
        foreach (var kind in kinds)
        {
            _awaitedKinds |= 1 << (int)kind;
        }
    }

    /// <summary>Every kind of the source has been listed once; stays so.</summary>
    public bool IsSynced => Volatile.Read(ref _awaitedKinds) == 0;

    /// <summary>
    /// What is here comes from a snapshot in part or whole: it was true once, and what is missing may exist. Ends with
    /// <see cref="IsSynced"/>.
    /// </summary>
    public bool IsStale => Volatile.Read(ref _isRestoring) && !IsSynced;

    /// <summary>There is something to answer from: the cluster itself, or a whole snapshot of it. Stays so.</summary>
    public bool IsServing => IsSynced || WasRestored;

    /// <summary>A snapshot was put in, wholly; stays so.</summary>
    internal bool WasRestored => Volatile.Read(ref _isRestored);

    /// <summary>Seconds since 1970 of the last change that could alter an answer; 0 before any.</summary>
    public uint Serial => Volatile.Read(ref _serial);

    /// <summary>
    /// Seconds since 1970 of the last time that a Service changed what it is reached by from outside; 0 before any.
    /// </summary>
    public uint ExternalSerial => Volatile.Read(ref _externalSerial);

    /// <summary>Namespace objects.</summary>
    public int NamespaceCount => Volatile.Read(ref _namespaceCount);

    /// <summary>Service objects.</summary>
    public int ServiceCount => Volatile.Read(ref _serviceCount);

    /// <summary>Ready endpoints of all objects that belong to a Service.</summary>
    public int EndpointCount => Volatile.Read(ref _endpointCount);

    public int PodCount => Volatile.Read(ref _podCount);

    /// <summary>
    /// Whether anything of the cluster has an IPv6 address: a Service, a ready endpoint, or a pod with an address of its
    /// own. A count that the writer keeps, so asking costs nothing.
    /// </summary>
    public bool HasIPv6 => Volatile.Read(ref _ipv6Count) > 0;

    /// <summary>
    /// All Services, in no order, for lists and transfers: each as it is when it is reached. Costs the whole cluster.
    /// </summary>
    public IEnumerable<ServiceEntry> Services => Tables.Services.Items().Select(node => node.Current).OfType<ServiceEntry>();

    /// <summary>All namespaces that exist, in no order: see <see cref="Services"/>.</summary>
    public IEnumerable<NamespaceEntry> Namespaces => Tables.Namespaces.Items().Where(entry => entry.Exists);

    internal ZoneTables Tables { get; } = new();

    /// <summary>The namespace if its Namespace object exists, else null.</summary>
    /// <param name="lowerCaseLabel">Without length octet.</param>
    public NamespaceEntry? FindNamespace(ReadOnlySpan<byte> lowerCaseLabel) =>
        FindNamespaceEntry(lowerCaseLabel) is { Exists: true } entry ? entry : null;

    /// <summary>The Service with this cluster address; the first by namespace and name should there be several.</summary>
    public ServiceEntry? FindServiceByClusterAddress(NetworkAddress address)
    {
        var bucket = Tables.ServicesByAddress.Find(ZoneHash.Of(address));
        for (var i = 0; i < bucket.Count; i++)
        {
            if (bucket[i].Current is { } service && service.HasClusterAddress(address))
            {
                return service;
            }
        }

        return null;
    }

    /// <summary>Every Service that is reached from outside by this address.</summary>
    public ExternalOwners FindServicesByExternalAddress(NetworkAddress address) =>
        new(Tables.ServicesByExternalAddress.Find(ZoneHash.Of(address)), address);

    /// <summary>Every ready endpoint with this address.</summary>
    public EndpointOwners FindEndpointsByAddress(NetworkAddress address) =>
        new(Tables.EndpointsByAddress, address);

    /// <summary>
    /// The pod that a client with this address is: the only running one that has it, as first or second address, and not
    /// its node's. Where several share it, or the next owner's event came before the last one's end, nobody can say.
    /// </summary>
    public bool TryFindClient(NetworkAddress address, out PodView pod)
    {
        for (var attempt = 0; attempt < MostPodReads; attempt++)
        {
            var matches = Tables.Pods.Find(address);
            pod = default;
            var isAlone = matches.MoveNext();
            if (isAlone)
            {
                pod = matches.Current;
                isAlone = !pod.IsHostNetwork && !matches.MoveNext();
            }

            if (!matches.IsOutdated)
            {
                return isAlone;
            }
        }

        pod = default;
        return false;
    }

    /// <summary>
    /// The running pod with this name; for people who ask, since one that is moved in the tables meanwhile may be missed.
    /// </summary>
    /// <param name="parent">Its namespace.</param>
    /// <param name="name">In UTF-8.</param>
    /// <param name="pod">What is known of it.</param>
    public bool TryFindPod(NamespaceEntry parent, ReadOnlySpan<byte> name, out PodView pod)
    {
        for (var attempt = 0; attempt < MostPodReads; attempt++)
        {
            if (Tables.Pods.Locate(parent, name) is not 0 and var position && Tables.Pods.TryRead(position, out pod))
            {
                return true;
            }
        }

        pod = default;
        return false;
    }

    /// <summary>Whether a pod of the namespace has this primary address.</summary>
    public bool HasPod(NamespaceEntry parent, NetworkAddress address)
    {
        for (var attempt = 0; attempt < MostPodReads; attempt++)
        {
            var matches = Tables.Pods.Find(address);
            while (matches.MoveNext())
            {
                if (ReferenceEquals(matches.Current.Namespace, parent) && matches.Current.Address == address)
                {
                    return true;
                }
            }

            if (!matches.IsOutdated)
            {
                break;
            }
        }

        return false;
    }

    /// <summary>
    /// The EndpointSlices that a Service has its endpoints from, or in their stead its Endpoints, in no order; for people who
    /// ask, since it costs the whole cluster.
    /// </summary>
    public IReadOnlyList<EndpointsObject> FindEndpointObjects(ServiceEntry service)
    {
        var found = Tables.Endpoints.Items()
            .Where(item => ReferenceEquals(item.Service, service.Node))
            .Select(item => new EndpointsObject(item.Kind, Encoding.UTF8.GetString(item.Name), item.ResourceVersion))
            .ToList();
        return found.Exists(item => item.Kind == ResourceKind.EndpointSlice)
            ? found.FindAll(item => item.Kind == ResourceKind.EndpointSlice)
            : found;
    }

    internal NamespaceEntry? FindNamespaceEntry(ReadOnlySpan<byte> label)
    {
        var bucket = Tables.Namespaces.Find(ZoneHash.Of(label));
        for (var i = 0; i < bucket.Count; i++)
        {
            if (bucket[i].Label.SequenceEqual(label))
            {
                return bucket[i];
            }
        }

        return null;
    }

    internal void SetListed(ResourceKind kind) => Volatile.Write(ref _awaitedKinds, _awaitedKinds & ~(1 << (int)kind));

    /// <summary>Whether the next list of this kind makes the zone synced.</summary>
    internal bool IsAwaitingOnly(ResourceKind kind) => _awaitedKinds == 1 << (int)kind;

    /// <summary>A snapshot's first object comes next.</summary>
    internal void BeginRestore() => Volatile.Write(ref _isRestoring, true);

    /// <summary>Its last one has come.</summary>
    internal void FinishRestore() => Volatile.Write(ref _isRestored, true);

    internal void SetSerial(uint serial) => Volatile.Write(ref _serial, serial);

    internal void SetExternalSerial(uint serial) => Volatile.Write(ref _externalSerial, serial);

    internal void CountNamespaces(int change) => Volatile.Write(ref _namespaceCount, _namespaceCount + change);

    internal void CountServices(int change) => Volatile.Write(ref _serviceCount, _serviceCount + change);

    internal void CountEndpoints(int change) => Volatile.Write(ref _endpointCount, _endpointCount + change);

    internal void CountIPv6(int change) => Volatile.Write(ref _ipv6Count, _ipv6Count + change);

    internal void CountPods(int change) => Volatile.Write(ref _podCount, _podCount + change);
}
