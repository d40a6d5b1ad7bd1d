using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace ClusterDns.Transport.Upstream;

/// <summary>Why a connection ended, as an outcome and a text.</summary>
internal static class StreamFailure
{
    /// <param name="error">What reading or the handshake threw; null when the server closed in good order.</param>
    /// <param name="local">Our end.</param>
    /// <param name="server">Theirs.</param>
    public static UpstreamEnd OfReading(Exception? error, IPEndPoint local, IPEndPoint server) =>
        Describe(UpstreamErrorText.ReadCall, error, local, server);

    /// <param name="error">What writing threw.</param>
    /// <param name="local">Our end.</param>
    /// <param name="server">Theirs.</param>
    public static UpstreamEnd OfWriting(Exception error, IPEndPoint local, IPEndPoint server) =>
        Describe(UpstreamErrorText.WriteCall, error, local, server);

    private static UpstreamEnd Describe(string call, Exception? error, IPEndPoint local, IPEndPoint server)
    {
        if (FindSocketError(error) is { } code)
        {
            return Lost(UpstreamErrorText.Call(call, code));
        }

        // A fault in the records of TLS, or an alert, is wrapped more than once; only the innermost names it.
        var inner = error?.GetBaseException();
        return error is AuthenticationException || (inner is not null && inner != error)
            ? new(UpstreamOutcome.InsecureConnection, $"tls: {inner!.Message}")
            : Lost(UpstreamErrorText.EndOfStream);

        UpstreamEnd Lost(string what) =>
            new(UpstreamOutcome.ConnectionLost, UpstreamErrorText.Io(call, "tcp", local, server, what));
    }

    private static SocketError? FindSocketError(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is SocketException socket)
            {
                return socket.SocketErrorCode;
            }
        }

        return null;
    }
}
