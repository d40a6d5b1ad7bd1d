using System.Collections.Frozen;
using System.Net;
using ClusterDns.Serving;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Operations.Http;

/// <summary>
/// The HTTP servers of <c>health</c>, <c>ready</c>, <c>prometheus</c> and <c>status</c>, one for each address. They belong to the
/// process, not to a configuration: a reload replaces pages behind open sockets, and a reload that fails before
/// <see cref="ApplyAsync"/>, or in it, leaves all pages as they were. One caller at a time.
/// </summary>
internal sealed class HttpServers(ILoggerFactory logging) : IAsyncDisposable
{
    private readonly ILogger _logger = logging.CreateLogger<HttpServers>();
    private Dictionary<string, HttpServer> _servers = [];

    /// <summary>
    /// Serves exactly these pages from now on: opens addresses that are new, keeps the sockets of the others, and closes
    /// what nobody wants any more. Of two pages with one address and path the later one wins.
    /// </summary>
    /// <exception cref="HttpListenException">An address cannot be opened; nothing has changed then.</exception>
    public async Task ApplyAsync(IReadOnlyList<HttpPage> pages, CancellationToken cancellation = default)
    {
        var wanted = pages.GroupBy(page => page.ListenAddress).ToArray();
        var servers = await OpenMissingAsync(wanted.Select(group => group.Key), cancellation).ConfigureAwait(false);
        foreach (var group in wanted)
        {
            servers[group.Key].Pages.Use(group
                .GroupBy(page => page.Path)
                .ToFrozenDictionary(same => same.Key, same => same.Last()));
        }

        var unwanted = _servers.Where(old => !servers.ContainsKey(old.Key)).Select(old => old.Value).ToArray();
        _servers = servers;
        await CloseAsync(unwanted).ConfigureAwait(false);
    }

    /// <summary>What an address of the pages is bound to; null for one that is not served.</summary>
    public IPEndPoint? EndPointOf(string listenAddress) => _servers.GetValueOrDefault(listenAddress)?.EndPoint;

    public async ValueTask DisposeAsync()
    {
        var all = _servers.Values;
        _servers = [];
        await CloseAsync(all).ConfigureAwait(false);
    }

    private async Task<Dictionary<string, HttpServer>> OpenMissingAsync(
        IEnumerable<string> addresses,
        CancellationToken cancellation)
    {
        var servers = new Dictionary<string, HttpServer>();
        List<HttpServer> opened = [];
        var isComplete = false;
        try
        {
            foreach (var address in addresses)
            {
                if (!_servers.TryGetValue(address, out var server))
                {
                    server = await HttpServer.OpenAsync(address, _logger, cancellation).ConfigureAwait(false);
                    opened.Add(server);
                }

                servers.Add(address, server);
            }

            isComplete = true;
            return servers;
        }
        finally
        {
            if (!isComplete)
            {
                await CloseAsync(opened).ConfigureAwait(false);
            }
        }
    }

    private static Task CloseAsync(IEnumerable<HttpServer> servers) =>
        Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
}
