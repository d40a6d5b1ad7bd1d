using ClusterDns.Explaining;
using ClusterDns.Plugins.Top;
using ClusterDns.Serving;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>Everything that is served at a status address, and who may ask for it.</summary>
internal sealed class StatusPages(StatusOptions options, StatusBoard board)
{
    private readonly StatusGuard _guard = new(options.HostNames);

    public void AddTo(ConfigurationSetup configuration)
    {
        Add("/", AssetPage.Of("index.html"));
        Add("/status.css", AssetPage.Of("status.css"));
        Add("/status.js", AssetPage.Of("status.js"));
        Add("/elements.js", AssetPage.Of("elements.js"));
        Add("/plots.js", AssetPage.Of("plots.js"));
        Add("/answers.js", AssetPage.Of("answers.js"));
        Add("/controls.js", AssetPage.Of("controls.js"));
        Add("/icon.svg", AssetPage.Of("icon.svg"));
        Add("/events", new EventsPage(board, options).WriteAsync);
        var caches = new CachePage(board);
        AddLocal("/cache", caches.WriteAsync);
        AddLocal("/zone", new ZonePage(board).WriteAsync);
        AddLocal("/tail", new TailPage(board).WriteAsync);

        // Asked on behalf of any client, past what keeps others out; and who asks for what.
        AddLocal(ExplainPage.Path, new ExplainPage(new Explainer(board.Services, () => RoutesOf(configuration))).WriteAsync);
        AddLocal(TopOptions.Path, new TopPage(board.Services.TopTalkers, board.Services.Time).WriteAsync);
        if (options.HasControls)
        {
            AddControl("/cache/flush", caches.FlushAsync);
            AddControl("/log", new LogLevelPage(board).SetAsync);
        }

        void Add(string path, RequestDelegate page) => configuration.AddPage(options.Address, path, _guard.Protect(page));

        void AddLocal(string path, RequestDelegate page) => configuration.AddPage(options.Address, path, _guard.ProtectLocal(page));

        void AddControl(string path, RequestDelegate page) =>
            configuration.AddPage(options.Address, path, _guard.ProtectControl(page), takesPost: true);
    }

    private static IReadOnlyList<ListenerRoutes> RoutesOf(ConfigurationSetup configuration) =>
        [.. configuration.Listening.Select(listener => listener.Routes)];
}
