using System.Net.Sockets;

namespace ClusterDns.Transport.Tcp;

/// <summary>Accepts connections until the listener stops, whatever accepting one of them runs into.</summary>
internal sealed class TcpAcceptLoop(
    Func<CancellationToken, ValueTask<Socket>> accept,
    Action<Socket> admit,
    TcpConnectionContext context)
{
    private readonly BackOff _backOff = new();

    public async Task RunAsync()
    {
        while (!context.Stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await accept(context.Stopping).ConfigureAwait(false);
                Admit(socket);
                _backOff.Reset();
            }
            catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException error) when (IsOneClientsFault(error.SocketErrorCode))
            {
                // It gave up between knocking and being let in.
            }
            catch (Exception error)
            {
                // Out of file descriptors or of memory, or a bug of ours: it may pass, and nobody else would try again.
                await PauseAsync(error).ConfigureAwait(false);
            }
        }
    }

    private void Admit(Socket socket)
    {
        try
        {
            admit(socket);
        }
        catch (SocketException)
        {
            // The client has gone again already: asking for its address found out.
            socket.Dispose();
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task PauseAsync(Exception error)
    {
        Interlocked.Increment(ref context.Counters.AcceptFailures);
        context.Failures.AcceptFailed(error);
        await Task.Delay(_backOff.Next(), context.Time, context.Stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Errors of accept(2) that belong to the connection and not to the listening socket.</summary>
    private static bool IsOneClientsFault(SocketError error) => error
        is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.Interrupted
        or SocketError.NetworkDown or SocketError.NetworkUnreachable or SocketError.HostUnreachable
        or SocketError.HostDown or SocketError.TimedOut;
}
