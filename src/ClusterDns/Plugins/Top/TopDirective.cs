using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Top;

/// <summary><c>top [ADDRESS] { sample N; export }</c></summary>
internal static class TopDirective
{
    private const string Name = "top";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static TopOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        var options = new TopOptions { Address = directive.Arguments.Count > 0 ? directive.Arguments[0].Text : null };
        if (options.Address is not null && !HttpListenAddress.TryParse(options.Address, out _, out var mistake))
        {
            throw directive.Error(mistake);
        }

        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            switch (property.Name)
            {
                case "sample":
                    property.ExpectArguments(1, 1);
                    options = options with { Sample = property.Arguments[0].ReadInteger(1, TopOptions.LargestSample) };
                    break;
                case "export":
                    property.ExpectArguments(0, 0);
                    options = options with { Exports = true };
                    break;
                default:
                    throw property.UnknownProperty();
            }
        }

        return options;
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = Parse(directives[0]);
        var talkers = block.Services.TopTalkers;
        var plugin = new TopPlugin(talkers);
        block.Add(plugin);
        if (options.Address is not null)
        {
            block.Configuration.AddPage(options.Address, TopOptions.Path, new TopPage(talkers, block.Services.Time).WriteAsync);
        }

        TopRecording? recording = null;
        block.Configuration.OnStart(_ =>
        {
            recording = talkers.Acquire(options.Sample);
            plugin.Use(recording, [.. block.Plugins.OfType<KubernetesPlugin>()]);
            if (options.Exports)
            {
                talkers.Metrics.Acquire();
            }

            return Task.CompletedTask;
        });
        block.Configuration.OnStop(_ =>
        {
            if (recording is not null)
            {
                talkers.Release(recording);
                recording = null;
                if (options.Exports)
                {
                    talkers.Metrics.Release();
                }
            }

            return Task.CompletedTask;
        });
    }
}
