using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;

namespace ClusterDns.Operations.Http;

/// <summary><c>unix:/path</c>: pages for those who may open a file, and for nobody on a network.</summary>
internal sealed record UnixSocketAddress(string Path)
{
    /// <summary>Octets of the longest path that <c>sun_path</c> holds, its final zero not counted.</summary>
    public const int LongestPath = 107;

    private const string Prefix = "unix:";

    public static bool IsMeantBy(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Reads what <see cref="IsMeantBy"/> recognises.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out UnixSocketAddress? address,
        [NotNullWhen(false)] out string? mistake)
    {
        var path = text[Prefix.Length..];
        mistake = !path.StartsWith('/') ? $"address {text}: the path of a unix socket begins with '/'"
            : path.Contains('\0') ? $"address {text}: the path of a unix socket has no zero octet"
            : Encoding.UTF8.GetByteCount(path) > LongestPath ? $"address {text}: the path of a unix socket is longer than {LongestPath} octets"
            : null;
        address = mistake is null ? new UnixSocketAddress(path) : null;
        return mistake is null;
    }

    /// <summary>A socket bound to the path, for its owner only. What a killed process has left there makes room.</summary>
    /// <exception cref="SocketException">The path cannot be bound, or somebody listens there.</exception>
    public Socket Bind()
    {
        var endpoint = new UnixDomainSocketEndPoint(Path);
        if (IsDeserted(endpoint))
        {
            File.Delete(Path);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var isBound = false;
        try
        {
            socket.Bind(endpoint);

            // Nobody can connect before the caller listens, so nobody meets the rights that the umask gave.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            isBound = true;
            return socket;
        }
        finally
        {
            if (!isBound)
            {
                socket.Dispose();
            }
        }
    }

    private bool IsDeserted(UnixDomainSocketEndPoint endpoint)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endpoint);
            return false;
        }
        catch (SocketException failure)
        {
            // Any other file refuses too; one with something in it is somebody's.
            return failure.SocketErrorCode == SocketError.ConnectionRefused && new FileInfo(Path) is { Exists: true, Length: 0 };
        }
    }
}
