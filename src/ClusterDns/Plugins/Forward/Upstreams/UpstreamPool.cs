using ClusterDns.Plugins.Forward.Targets;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>
/// The upstreams of one directive. A change of their addresses keeps those that stay, with their sockets and what is
/// known about them; those that go get no more queries and finish what they have. One writer.
/// </summary>
internal sealed class UpstreamPool(Func<UpstreamAddress, Upstream> open, ILogger logger, TimeProvider time)
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _retiring = [];
    private Upstream[] _current = [];

    /// <summary>Called after each change, by its writer.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>In the order of the directive. Never changed: a change is another array.</summary>
    public Upstream[] Current => Volatile.Read(ref _current);

    public void Apply(IReadOnlyList<UpstreamAddress> addresses)
    {
        var old = Current;
        var left = old.ToList();
        Upstream[] next = [.. addresses.Select(address => Take(left, address) ?? open(address))];
        if (next.SequenceEqual(old))
        {
            return;
        }

        Volatile.Write(ref _current, next);
        _retiring.RemoveAll(task => task.IsCompleted);
        _retiring.AddRange(left.Select(RetireAsync));
        if (old.Length > 0)
        {
            ForwardLog.UpstreamsChanged(logger, string.Join(", ", next.Select(upstream => upstream.Address)));
        }

        Changed();
    }

    public async Task StopProbesAsync()
    {
        foreach (var upstream in Current)
        {
            await upstream.StopProbesAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes all of them, whoever still asks.</summary>
    public async Task CloseAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_retiring).ConfigureAwait(false);
        foreach (var upstream in Current)
        {
            await upstream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Upstream? Take(List<Upstream> left, UpstreamAddress address)
    {
        var index = left.FindIndex(upstream => upstream.Named.IsSameServer(address));
        if (index < 0)
        {
            return null;
        }

        var upstream = left[index];
        left.RemoveAt(index);
        upstream.Named = address;
        return upstream;
    }

    private async Task RetireAsync(Upstream upstream)
    {
        await upstream.StopProbesAsync().ConfigureAwait(false);
        await Task.Delay(ForwardLimits.QueryBudget, time, _stop.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await upstream.DisposeAsync().ConfigureAwait(false);
    }
}
