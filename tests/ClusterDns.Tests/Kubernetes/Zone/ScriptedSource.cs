using System.Threading.Channels;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>Tells what it is given, then fails as often as it shall, then waits for the end.</summary>
internal sealed class ScriptedSource(params ResourceKind[] kinds) : IClusterSource
{
    private readonly SemaphoreSlim _runs = new(0);
    private int _failed;

    public IReadOnlyList<ResourceKind> Kinds => kinds;

    /// <summary>Told by every run.</summary>
    public ClusterChange[] Script { get; set; } = [];

    /// <summary>Told by the run that does not fail.</summary>
    public ClusterChange[] LastScript { get; set; } = [];

    public bool IgnoresStop { get; set; }

    public int Failures { get; set; }

    public async Task RunAsync(ChannelWriter<ClusterChange> changes, CancellationToken cancellation)
    {
        _runs.Release();
        foreach (var change in Script)
        {
            await changes.WriteAsync(change, cancellation);
        }

        if (_failed++ < Failures)
        {
            throw new InvalidOperationException("the source is broken");
        }

        foreach (var change in LastScript)
        {
            await changes.WriteAsync(change, cancellation);
        }

        await Task.Delay(Timeout.Infinite, IgnoresStop ? CancellationToken.None : cancellation);
    }

    /// <summary>Completes once the source was started this often.</summary>
    public async Task Runs(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await _runs.WaitAsync();
        }
    }
}
