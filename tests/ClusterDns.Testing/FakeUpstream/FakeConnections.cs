using System.Collections.Concurrent;
using System.Net.Sockets;

namespace ClusterDns.Testing;

/// <summary>Accepts the connections of a <see cref="FakeUpstream"/>.</summary>
internal sealed class FakeConnections : IAsyncDisposable
{
    private const int Backlog = 1024;

    private readonly FakeUpstream _upstream;
    private readonly Socket _listener;
    private readonly ConcurrentDictionary<FakeConnection, Task> _open = new();
    private readonly Task _accepting;

    /// <param name="upstream">Whose connections they are.</param>
    /// <param name="listener">Bound.</param>
    public FakeConnections(FakeUpstream upstream, Socket listener)
    {
        _upstream = upstream;
        _listener = listener;
        listener.Listen(Backlog);
        _accepting = AcceptAsync();
    }

    public int Open => _open.Count;

    public void CloseAll(bool reset)
    {
        foreach (var connection in _open.Keys)
        {
            connection.End(reset);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        CloseAll(reset: false);
        await Task.WhenAll(_open.Values);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                var connection = new FakeConnection(_upstream, socket, ++_upstream.AcceptedConnections);
                var ended = new TaskCompletionSource();
                _open[connection] = ended.Task;
                _ = ServeAsync(connection, ended);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(FakeConnection connection, TaskCompletionSource ended)
    {
        await connection.RunAsync();
        _open.TryRemove(connection, out _);
        ended.SetResult();
    }
}
