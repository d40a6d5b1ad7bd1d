using ClusterDns.Corefile;
using ClusterDns.Plugins.Bind;
using ClusterDns.Plugins.Debug;
using ClusterDns.Plugins.Errors;
using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Health;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.LoadBalance;
using ClusterDns.Plugins.Log;
using ClusterDns.Plugins.Loop;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Ready;
using ClusterDns.Plugins.Whoami;
using ClusterDns.Serving;

namespace ClusterDns.Plugins;

/// <summary>
/// Every directive, outermost first. A plugin feels those above it and must not care about those below: this list is the
/// only place that knows order, whatever the order in a Corefile.
/// </summary>
internal static class PluginOrder
{
    /// <summary>All names that a Corefile may use, in order of execution; some are known only to be refused.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "root", "metadata", "geoip", "cancel", "proxyproto", "quic", "grpc_server", "https", "https3", "timeouts",
        "multisocket", "reload", "nsid", "bufsize", "bind", "debug", "trace", "ready", "health", "pprof", "shed",
        "prometheus", "errors", "log", "dnstap", "local", "dns64", "any", "chaos", "loadbalance", "tsig", "rewrite",
        "autopath", "acl", "cache", "header", "dnssec", "tls", "minimal", "template", "transfer", "hosts", "route53",
        "azure", "clouddns", "k8s_external", "kubernetes", "file", "auto", "secondary", "etcd", "loop", "forward",
        "grpc", "erratic", "whoami", "on", "sign", "view", "nomad",
    ];

    /// <summary>The directives that are served, in the same order.</summary>
    public static IReadOnlyList<PluginDescriptor> Descriptors { get; } =
    [
        BindDirective.Descriptor,
        DebugDirective.Descriptor,
        ReadyDirective.Descriptor,
        HealthDirective.Descriptor,
        PrometheusDirective.Descriptor,
        ErrorsDirective.Descriptor,
        LogDirective.Descriptor,
        LoadBalanceDirective.Descriptor,
        KubernetesDirective.Descriptor,
        LoopDirective.Descriptor,
        ForwardDirective.Descriptor,
        WhoamiDirective.Descriptor,
    ];

    /// <exception cref="CorefileException">The directive is known and not served.</exception>
    public static void CheckIsServed(Directive directive)
    {
        if (!Descriptors.Any(descriptor => descriptor.Name == directive.Name))
        {
            throw directive.Error($"directive '{directive.Name}' is not supported by this version of ClusterDns yet");
        }
    }
}
