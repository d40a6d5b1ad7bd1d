using ClusterDns.Operations.Http;

namespace ClusterDns.Tests.Plugins;

/// <summary>A plugin's pages on a real server, asked by a real client.</summary>
internal sealed class PageFixture : IAsyncDisposable
{
    private const string Address = "127.0.0.1:0";

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });
    private readonly HttpServers _servers;

    private PageFixture(HttpServers servers)
    {
        _servers = servers;
    }

    /// <summary>The address that the pages are bound to, as <c>host:port</c>.</summary>
    public string BoundAddress => _servers.EndPointOf(Address)!.ToString();

    /// <summary>Serves the pages of a configuration, whatever address they ask for, on a port that is free.</summary>
    public static async Task<PageFixture> OpenAsync(PluginFixture plugin)
    {
        var servers = new HttpServers(plugin.Log);
        await servers.ApplyAsync([.. plugin.Configuration.Pages.Select(page => page with { ListenAddress = Address })]);
        return new PageFixture(servers);
    }

    /// <summary>Status, type and text.</summary>
    public async Task<(int Status, string? Type, string Text)> GetAsync(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var reply = await _client.GetAsync(new Uri($"http://{BoundAddress}{path}"), patience.Token);
        return ((int)reply.StatusCode, reply.Content.Headers.ContentType?.ToString(), await reply.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _servers.DisposeAsync();
    }
}
