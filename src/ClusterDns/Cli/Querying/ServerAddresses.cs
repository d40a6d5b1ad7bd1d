using System.Net;
using System.Net.Sockets;
using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;

namespace ClusterDns.Cli.Querying;

/// <summary>Whom to ask.</summary>
internal static class ServerAddresses
{
    private const int DnsPort = 53;

    /// <summary>The server that is named, or those of resolv.conf; none, and a sentence on the error stream, if there is none.</summary>
    public static async Task<IReadOnlyList<IPEndPoint>> FindAsync(
        QueryOptions options, ResolverSettings resolver, CommandContext context)
    {
        if (options.Server is not { } text)
        {
            if (resolver.Servers.Count == 0)
            {
                await context.Errors.WriteLineAsync($"{context.ResolvConfPath} names no server; name one with @SERVER").ConfigureAwait(false);
            }

            return [.. resolver.Servers.Select(address => new IPEndPoint(address, DnsPort))];
        }

        if (NetworkText.TryParseEndpoint(text, DnsPort, out var endpoint))
        {
            return [endpoint];
        }

        var (host, port) = SplitPort(text);
        var found = await ResolveAsync(host, options.Timeout, context.Time).ConfigureAwait(false);
        if (found.Count == 0)
        {
            await context.Errors.WriteLineAsync($"no address of the server '{host}' can be found").ConfigureAwait(false);
        }

        return [.. found.Select(address => new IPEndPoint(address, port))];
    }

    private static (string Host, int Port) SplitPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), out var port) ? (text[..colon], port) : (text, DnsPort);
    }

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, TimeSpan timeout, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        try
        {
            return await Dns.GetHostAddressesAsync(host, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ArgumentException)
        {
            // The system's resolver says so: no such name, no time left, or nothing that could be a name.
            return [];
        }
    }
}
