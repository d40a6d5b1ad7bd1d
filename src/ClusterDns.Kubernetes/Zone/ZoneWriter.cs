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
    private readonly Action<ServiceKind, TimeSpan>? _onProgrammed;
    private readonly ServiceWriter _services;
    private readonly KindWriter[] _writers;
    private readonly EndpointsWriter _slices;
    private readonly Departures _departures;
    private int _listed;
    private int _unconfirmed;

    /// <param name="kinds">What must be listed before the zone is synced.</param>
    /// <param name="time">Gives the serial.</param>
    /// <param name="logger">Is told once of each object that has to be left out.</param>
    /// <param name="onProgrammed">See <see cref="Cluster"/>.</param>
    /// <param name="grace">
    /// How long an endpoint that one slice has lost is served for want of the event that gives it to another; who gives a
    /// time calls <see cref="ReleaseDepartures"/>.
    /// </param>
    public ZoneWriter(
        IReadOnlyCollection<ResourceKind> kinds,
        TimeProvider time,
        ILogger logger,
        Action<ServiceKind, TimeSpan>? onProgrammed = null,
        TimeSpan grace = default)
    {
        _time = time;
        _onProgrammed = onProgrammed;
        Zone = new ClusterZone(kinds);
        var rejections = new Rejections(logger);
        var namespaces = new NamespaceWriter(Zone, rejections);
        _services = new ServiceWriter(Zone, namespaces, rejections, time);
        var endpoints = new ServiceEndpoints(Zone, _services);
        _departures = new Departures(Zone.Tables, time, grace);
        _slices = new EndpointsWriter(ResourceKind.EndpointSlice, Zone, namespaces, _services, endpoints, _departures, rejections);
        _writers =
        [
            namespaces,
            _services,
            _slices,
            new EndpointsWriter(ResourceKind.Endpoints, Zone, namespaces, _services, endpoints, _departures, rejections),
            new PodWriter(Zone, namespaces, rejections),
        ];
    }

    public ClusterZone Zone { get; }

    /// <summary>Moves with every change that another server could tell, so that equal numbers mean equal names.</summary>
    public long Revision { get; private set; }

    /// <summary>Until <see cref="ReleaseDepartures"/> has something to do; null for nothing.</summary>
    public TimeSpan? UntilNextDeparture => _departures.UntilNext;

    /// <summary>Ends what has been served for long enough in place of an event that may not come.</summary>
    public void ReleaseDepartures() => CountAsChange(_slices.ReleaseDepartures(all: false));

    public void Apply(in ClusterChange change)
    {
        var namespaceCount = Zone.NamespaceCount;
        ApplyOne(change);

        // A namespace has no records, and so no serial. What comes and goes in one change is not there twice.
        Revision += Zone.NamespaceCount == namespaceCount ? 0 : 1;
    }

    /// <summary>
    /// Puts an object from a snapshot, unless the cluster has told of its whole kind by now: of that, nothing is missing.
    /// </summary>
    public void Restore(in ClusterChange change)
    {
        var bit = 1 << (int)change.Kind;
        if (!Zone.IsSynced && (_listed & bit) == 0)
        {
            _unconfirmed |= bit;
            CountAsChange(_writers[(int)change.Kind].Restore(change.Key, change.Record));
        }
    }

    private void ApplyOne(in ClusterChange change)
    {
        var writer = _writers[(int)change.Kind];
        switch (change.Action)
        {
            case ClusterAction.Put:
                CountAsChange(writer.Put(change.Key, change.Record));
                if (_onProgrammed is not null && !writer.IsListing && change.Record is EndpointsRecord { LastChangeTrigger: { } trigger } record)
                {
                    TellProgrammed(record, trigger);
                }

                break;
            case ClusterAction.Remove:
                CountAsChange(writer.Remove(change.Key));
                break;
            case ClusterAction.RelistStarted:
                writer.StartRelist();
                break;
            case ClusterAction.RelistFinished:
                CountAsChange(writer.FinishRelist());
                FinishKind(change.Kind);
                break;
        }
    }

    private void FinishKind(ResourceKind kind)
    {
        _listed |= 1 << (int)kind;
        _unconfirmed &= ~(1 << (int)kind);
        if (Zone.IsAwaitingOnly(kind))
        {
            SweepUnconfirmed();
        }

        Zone.SetListed(kind);
    }

    /// <summary>A snapshot may hold a kind that the API server is not asked for any more: Endpoints, since it has slices.</summary>
    private void SweepUnconfirmed()
    {
        for (var kind = 0; _unconfirmed != 0; kind++, _unconfirmed >>= 1)
        {
            if ((_unconfirmed & 1) != 0)
            {
                _writers[kind].StartRelist();
                CountAsChange(_writers[kind].FinishRelist());
            }
        }
    }

    /// <summary>Objects of a list are no events: their causes may lie months back.</summary>
    private void TellProgrammed(EndpointsRecord endpoints, DateTimeOffset trigger)
    {
        if (_services.Find(new ObjectKey(endpoints.Key.Namespace, endpoints.ServiceName))?.Current is { } service)
        {
            _onProgrammed!(service.Kind, _time.GetUtcNow() - trigger);
        }
    }

    private void CountAsChange(bool isRelevant)
    {
        if (isRelevant)
        {
            Revision++;
            Zone.SetSerial((uint)_time.GetUtcNow().ToUnixTimeSeconds());
        }
    }
}
