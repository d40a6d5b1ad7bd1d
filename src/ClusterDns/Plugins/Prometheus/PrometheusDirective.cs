using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Prometheus;

/// <summary><c>prometheus [ADDRESS] { runtime_metrics }</c></summary>
internal static class PrometheusDirective
{
    private const string Name = "prometheus";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static PrometheusOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        var address = directive.Arguments.Count > 0 ? directive.Arguments[0].Text : PrometheusOptions.DefaultAddress;
        if (!HttpListenAddress.TryParse(address, out _, out var mistake))
        {
            throw directive.Error(mistake);
        }

        var runtimeMetrics = false;
        foreach (var property in directive.Properties)
        {
            switch (property.Name)
            {
                case "runtime_metrics":
                    property.ExpectNoBlock();
                    property.ExpectArguments(0, 0);
                    runtimeMetrics = true;
                    break;
                case "tls":
                    throw property.Error("tls for the metrics page is not supported yet");
                default:
                    throw property.Error($"unknown option: {property.Name}");
            }
        }

        return new PrometheusOptions(address, runtimeMetrics);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = Parse(directives[0]);
        var metrics = block.Services.Metrics;
        if (options.RuntimeMetrics)
        {
            metrics.EnableRuntimeMetrics();
        }

        var page = new MetricsPage(block.Services.Registry);
        block.Configuration.AddPage(options.Address, "/metrics", page.WriteAsync);
        block.Add(new PrometheusPlugin(metrics.Queries, block.ViewName));

        // Known only when all plugins of the block are set up and its listeners are: at the start.
        IReadOnlyList<string[]> enabled = [];
        block.Configuration.OnStart(_ =>
        {
            enabled = metrics.EnabledPlugins.Hold(block);
            return Task.CompletedTask;
        });
        block.Configuration.OnStop(_ =>
        {
            metrics.EnabledPlugins.Release(enabled);
            enabled = [];
            return Task.CompletedTask;
        });
    }
}
