using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>A zone with its writer, clock and log.</summary>
internal sealed class ZoneUnderTest
{
    public ZoneUnderTest(params ResourceKind[] kinds)
        : this(grace: TimeSpan.Zero, kinds)
    {
    }

    /// <param name="grace">See <see cref="ZoneWriter"/>.</param>
    /// <param name="kinds">What must be listed before the zone is synced.</param>
    public ZoneUnderTest(TimeSpan grace, params ResourceKind[] kinds) => Writer = new ZoneWriter(kinds, Time, Logger, grace: grace);

    public ManualTime Time { get; } = new();

    public RecordingLogger Logger { get; } = new();

    public ZoneWriter Writer { get; }

    public ClusterZone Zone => Writer.Zone;

    public ZoneUnderTest Apply(params IEnumerable<ClusterChange> changes)
    {
        foreach (var change in changes)
        {
            Writer.Apply(change);
        }

        return this;
    }

    /// <summary>A whole list of one kind.</summary>
    public ZoneUnderTest Relist(ResourceKind kind, params IEnumerable<ClusterChange> changes) =>
        Apply([ClusterChange.RelistStarted(kind), .. changes, ClusterChange.RelistFinished(kind)]);

    /// <summary>The Service as a query finds it.</summary>
    /// <param name="key">Namespace and name.</param>
    public ServiceEntry? Find(string key)
    {
        var parts = key.Split('/');
        return Zone.FindNamespace(Encoding.ASCII.GetBytes(parts[0]))?.FindService(Encoding.ASCII.GetBytes(parts[1]));
    }

    /// <summary>Ready endpoints of a Service, <c>10.0.0.1</c> or <c>10.0.0.1=web-0</c>, in order.</summary>
    public string EndpointsOf(string key) => Find(key) is { } service ? ZoneText.OfEndpoints(service.Endpoints) : "(no service)";

    /// <summary>Names of the endpoints with an address, in order: <c>web.shop[0]=web-0</c>.</summary>
    public string OwnersOf(string address) => ZoneText.OfOwners(Zone.FindEndpointsByAddress(TestObjects.Address(address)));

    /// <summary>Runs a change a second later and tells whether the serial moved.</summary>
    public bool IsRelevant(params IEnumerable<ClusterChange> changes)
    {
        var before = Zone.Serial;
        Time.Advance(TimeSpan.FromSeconds(1));
        Apply(changes);
        return Zone.Serial != before;
    }
}
