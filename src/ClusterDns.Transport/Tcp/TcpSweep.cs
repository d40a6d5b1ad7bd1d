namespace ClusterDns.Transport.Tcp;

/// <summary>Looks at all connections of a listener again and again and ends those that have overstayed their time.</summary>
internal sealed class TcpSweep(TcpConnectionTable connections, TcpConnectionContext context)
{
    private readonly List<TcpConnection> _open = [];

    /// <summary>Goes on until <paramref name="stopped"/>: a listener that is stopping still needs it.</summary>
    public async Task RunAsync(CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(context.Options.TimeoutCheckInterval, context.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopped).ConfigureAwait(false))
            {
                SweepOnce();
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // The last connection is closed.
        }
    }

    private void SweepOnce()
    {
        connections.CopyTo(_open);
        foreach (var connection in _open)
        {
            try
            {
                connection.EndIfOverdue();
            }
            catch (Exception error)
            {
                // A bug of ours: the other connections must not live for ever because of it.
                context.Failures.ConnectionFailed(error);
            }
        }

        _open.Clear();
    }
}
