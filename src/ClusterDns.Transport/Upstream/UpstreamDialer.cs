using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace ClusterDns.Transport.Upstream;

/// <summary>Connects to the upstream: TCP, and TLS on top if the target asks for it.</summary>
internal sealed class UpstreamDialer(UpstreamContext context)
{
    private readonly DialTimeout _timeout = new();

    /// <summary>Gives the stream to speak over; disposing it closes the connection.</summary>
    /// <param name="closing">Nobody needs the connection any more.</param>
    /// <exception cref="UpstreamDialException">There will be no connection.</exception>
    public async Task<UpstreamStream> DialAsync(CancellationToken closing)
    {
        var began = context.Time.GetTimestamp();
        using var timer = new CancellationTokenSource(_timeout.Current, context.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(closing, timer.Token);
        try
        {
            var socket = await ConnectAsync(end.Token).ConfigureAwait(false);
            return await SecureAsync(socket, end.Token).ConfigureAwait(false);
        }
        finally
        {
            _timeout.Took(context.Time.GetElapsedTime(began));
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken end)
    {
        var source = context.Options.SourceAddress;
        var server = context.Target.Endpoint;
        Socket? socket = null;
        var call = "socket";
        try
        {
            socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (source is not null)
            {
                call = "bind";
                socket.Bind(new IPEndPoint(source, 0));
            }

            call = "connect";
            await socket.ConnectAsync(server, end).ConfigureAwait(false);
            return socket;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            socket?.Dispose();
            throw new UpstreamDialException(DialFailed(call, error));
        }
    }

    private UpstreamEnd DialFailed(string call, Exception error)
    {
        var code = (error as SocketException)?.SocketErrorCode;
        var outcome = code switch
        {
            SocketError.TooManyOpenSockets => UpstreamOutcome.Busy,
            null => UpstreamOutcome.TimedOut,
            _ => UpstreamOutcome.Unreachable,
        };
        var what = code is { } known ? UpstreamErrorText.Call(call, known) : UpstreamErrorText.TimedOut;
        return new UpstreamEnd(
            outcome, UpstreamErrorText.Dial("tcp", context.Options.SourceAddress, context.Target.Endpoint, what));
    }

    private async Task<UpstreamStream> SecureAsync(Socket socket, CancellationToken end)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        var local = (IPEndPoint)socket.LocalEndPoint!;
        if (context.Target.Tls is not { } tls)
        {
            return new UpstreamStream(plain, local);
        }

        var check = new CertificateCheck(tls);
        var secure = new SslStream(plain, leaveInnerStreamOpen: false, check.Callback);
        try
        {
            await secure.AuthenticateAsClientAsync(tls, end).ConfigureAwait(false);
            return new UpstreamStream(secure, local);
        }
        catch (Exception error) when (error is AuthenticationException or IOException or SocketException
            or ObjectDisposedException or OperationCanceledException or InvalidOperationException or CryptographicException)
        {
            // Whatever the other side did in place of a handshake.
            await secure.DisposeAsync().ConfigureAwait(false);
            throw new UpstreamDialException(HandshakeFailed(local, check, error));
        }
    }

    private UpstreamEnd HandshakeFailed(IPEndPoint local, CertificateCheck check, Exception error)
    {
        var server = context.Target.Endpoint;
        if (check.Error is { } distrust)
        {
            return new(UpstreamOutcome.InsecureConnection, $"tls: failed to verify certificate: x509: {distrust}");
        }

        return error is OperationCanceledException
            ? new(UpstreamOutcome.TimedOut, UpstreamErrorText.Io(UpstreamErrorText.ReadCall, "tcp", local, server, UpstreamErrorText.TimedOut))
            : StreamFailure.OfReading(error, local, server);
    }
}
