using ClusterDns.Kubernetes.Objects;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Turns what a source tells into the zone that queries read. One thread at a time. A change costs what its own object
/// costs; only the end of a list looks at every object of its kind.
/// </summary>
internal sealed class ZoneWriter
{
    private readonly TimeProvider _time;
    private readonly KindWriter[] _writers;

    /// <param name="kinds">What must be listed before the zone is synced.</param>
    /// <param name="time">Gives the serial.</param>
    /// <param name="logger">Is told once of each object that has to be left out.</param>
    public ZoneWriter(IReadOnlyCollection<ResourceKind> kinds, TimeProvider time, ILogger logger)
    {
        _time = time;
        Zone = new ClusterZone(kinds);
        var rejections = new Rejections(logger);
        var namespaces = new NamespaceWriter(Zone, rejections);
        var services = new ServiceWriter(Zone, namespaces, rejections);
        _writers =
        [
            namespaces,
            services,
            new EndpointsWriter(ResourceKind.EndpointSlice, Zone, namespaces, services, rejections),
            new EndpointsWriter(ResourceKind.Endpoints, Zone, namespaces, services, rejections),
            new PodWriter(Zone, namespaces, rejections),
        ];
    }

    public ClusterZone Zone { get; }

    public void Apply(in ClusterChange change)
    {
        var writer = _writers[(int)change.Kind];
        switch (change.Action)
        {
            case ClusterAction.Put:
                CountAsChange(writer.Put(change.Key, change.Record));
                break;
            case ClusterAction.Remove:
                CountAsChange(writer.Remove(change.Key));
                break;
            case ClusterAction.RelistStarted:
                writer.StartRelist();
                break;
            case ClusterAction.RelistFinished:
                CountAsChange(writer.Sweep());
                Zone.SetListed(change.Kind);
                break;
        }
    }

    private void CountAsChange(bool isRelevant)
    {
        if (isRelevant)
        {
            Zone.SetSerial((uint)_time.GetUtcNow().ToUnixTimeSeconds());
        }
    }
}
