using System.Security.Cryptography;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Forward.Admission;
using ClusterDns.Plugins.Forward.Targets;
using ClusterDns.Plugins.Forward.Upstreams;
using ClusterDns.Serving;
using ClusterDns.Transport.Upstream;

namespace ClusterDns.Plugins.Forward;

/// <summary><c>forward FROM TO... { properties }</c>, any number of times in a block.</summary>
internal static class ForwardDirective
{
    private const string Name = "forward";

    public static PluginDescriptor Descriptor { get; } = new(
        Name,
        (directives, block) => SetUp(
            directives,
            block,
            new UpstreamConnector(block.Services.Bounds.UpstreamSockets, block.LoggerFor(Name)).Connect));

    /// <param name="directives">The lines of a block.</param>
    /// <param name="block">The block.</param>
    /// <param name="connect">Gives what asks an address by the rules of a directive.</param>
    public static void SetUp(
        IReadOnlyList<Directive> directives,
        BlockSetup block,
        Func<ForwardOptions, UpstreamAddress, TimeProvider, IUpstreamExchange> connect)
    {
        block.TakesOtherClasses = true;
        ForwardPlugin? previous = null;
        foreach (var directive in directives)
        {
            var plugin = Create(directive, block, connect);
            block.Configuration.OnStart(plugin.StartAsync);
            block.Configuration.OnStop(_ => plugin.StopAsync());
            block.Add(plugin);
            previous?.HasForwardBehind = true;
            previous = plugin;
        }
    }

    private static ForwardPlugin Create(
        Directive directive,
        BlockSetup block,
        Func<ForwardOptions, UpstreamAddress, TimeProvider, IUpstreamExchange> connect)
    {
        var logger = block.LoggerFor(Name);
        var time = block.Services.Time;
        var options = new ForwardOptionsReader(block.PathOf, logger).Read(directive);
        CheckTls(directive, options);
        var targets = new TargetTable(options.Targets, LookupFor(options, time, connect));
        var faults = targets.ReadFiles();
        if (faults.Count > 0 && targets is { Addresses.Count: 0, HasHosts: false })
        {
            throw directive.Error(faults[0]);
        }

        foreach (var fault in faults)
        {
            ForwardLog.TargetPassedOver(logger, fault);
        }

        var admission = options.MaxConcurrent is { } most ? new QueryAdmission(most) : block.Services.ForwardAdmission;
        var metrics = new ForwardMetrics(block.Services.Registry, block.Services.Metrics.Series);
        return new ForwardPlugin(options, targets, Open, admission, metrics, time, logger);

        Upstream Open(UpstreamAddress address) =>
            new(address, connect(options, address, time), options, metrics.Of(address.ToString(), address.IsTls), time);
    }

    private static void CheckTls(Directive directive, ForwardOptions options)
    {
        try
        {
            _ = UpstreamTls.Create("", options.Tls.Authority, options.Tls.Certificate, options.Tls.Key);
        }
        catch (CryptographicException fault)
        {
            // What the files hold is the operator's.
            throw directive.Error($"tls: {fault.Message}");
        }
    }

    private static IHostLookup LookupFor(
        ForwardOptions options,
        TimeProvider time,
        Func<ForwardOptions, UpstreamAddress, TimeProvider, IUpstreamExchange> connect) =>
        options.Resolvers.Count == 0
            ? new SystemHostLookup(time)
            : new ResolverHostLookup([.. options.Resolvers.Select(endpoint =>
                connect(options, new(endpoint, false, null, "resolver", endpoint.ToString()), time))]);
}
