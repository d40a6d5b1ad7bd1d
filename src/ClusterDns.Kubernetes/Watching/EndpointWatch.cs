using System.Threading.Channels;
using ClusterDns.Kubernetes.Objects;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>
/// EndpointSlices, or Endpoints for as long as the API server does not know slices. The zone waits for slices either way:
/// once Endpoints are listed it is told of an empty list of slices.
/// </summary>
/// <param name="create">Makes the watch of a kind, and is given what to call after each of its lists.</param>
/// <param name="changes">To the zone.</param>
/// <param name="recheck">Between two questions whether the server has slices by now.</param>
/// <param name="time">Counts it.</param>
/// <param name="logger">Is told which it is.</param>
internal sealed class EndpointWatch(
    Func<ResourceKind, Func<CancellationToken, ValueTask>, KindWatch> create,
    ChannelWriter<ClusterChange> changes,
    TimeSpan recheck,
    TimeProvider time,
    ILogger logger)
{
    private readonly TaskCompletionSource _standInListed = new();
    private CancellationTokenSource? _standInEnd;
    private Task _standIn = Task.CompletedTask;
    private bool _hasToldOfNoSlices;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var slices = create(ResourceKind.EndpointSlice, RetireStandInAsync);
        await slices.RunAsync(endsWhenMissing: true, cancellation).ConfigureAwait(false);
        ApiServerLog.NoSlices(logger);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _standInEnd = end;
        _standIn = create(ResourceKind.Endpoints, StandInListedAsync).RunAsync(endsWhenMissing: false, end.Token);
        try
        {
            while (true)
            {
                await WaitAsync(cancellation).ConfigureAwait(false);
                await slices.RunAsync(endsWhenMissing: true, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await _standIn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ValueTask StandInListedAsync(CancellationToken cancellation)
    {
        _standInListed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    // Told from here and not by the stand-in itself, whose lists may overlap with one of slices.
    private async Task WaitAsync(CancellationToken cancellation)
    {
        var pause = Task.Delay(recheck, time, cancellation);
        if (!_hasToldOfNoSlices)
        {
            await Task.WhenAny(_standInListed.Task, pause).ConfigureAwait(false);
            if (_standInListed.Task.IsCompleted)
            {
                await TellOfEmptyListAsync(ResourceKind.EndpointSlice, cancellation).ConfigureAwait(false);
                _hasToldOfNoSlices = true;
            }
        }

        await pause.ConfigureAwait(false);
    }

    // The zone has the slices now: what the stand-in told is taken back.
    private async ValueTask RetireStandInAsync(CancellationToken cancellation)
    {
        if (_standInEnd is { IsCancellationRequested: false } end)
        {
            await end.CancelAsync().ConfigureAwait(false);
            await _standIn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TellOfEmptyListAsync(ResourceKind.Endpoints, cancellation).ConfigureAwait(false);
            ApiServerLog.SlicesAppeared(logger);
        }
    }

    private async ValueTask TellOfEmptyListAsync(ResourceKind kind, CancellationToken cancellation)
    {
        await changes.WriteAsync(ClusterChange.RelistStarted(kind), cancellation).ConfigureAwait(false);
        await changes.WriteAsync(ClusterChange.RelistFinished(kind), cancellation).ConfigureAwait(false);
    }
}
