using System.Threading.Channels;

namespace ClusterDns.Cli;

/// <summary>What signals ask of the running process, beyond stopping it gracefully.</summary>
internal sealed class ServerSignals : IDisposable
{
    private readonly CancellationTokenSource _impatience = new();
    private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One waiting reload is enough: it reads the file as it is then.
    private readonly Channel<bool> _reloads = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Completes with an exit code when the process is to end without waiting for anything.</summary>
    public Task<int> Ended => _end.Task;

    public ChannelReader<bool> Reloads => _reloads.Reader;

    /// <summary>Cancelled when a graceful stop is to wait for clients no longer.</summary>
    public CancellationToken Impatience => _impatience.Token;

    public void HurryUp() => _impatience.Cancel();

    public void EndNow(int exitCode) => _end.TrySetResult(exitCode);

    public void RequestReload() => _reloads.Writer.TryWrite(true);

    public void Dispose() => _impatience.Dispose();
}
