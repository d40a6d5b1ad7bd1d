using System.Collections.Frozen;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Aaaa;
using ClusterDns.Plugins.Acl;
using ClusterDns.Plugins.Any;
using ClusterDns.Plugins.Autopath;
using ClusterDns.Plugins.Bind;
using ClusterDns.Plugins.Bufsize;
using ClusterDns.Plugins.Cache;
using ClusterDns.Plugins.Cancel;
using ClusterDns.Plugins.Chaos;
using ClusterDns.Plugins.Debug;
using ClusterDns.Plugins.Dns64;
using ClusterDns.Plugins.Errors;
using ClusterDns.Plugins.Forward;
using ClusterDns.Plugins.Header;
using ClusterDns.Plugins.Health;
using ClusterDns.Plugins.Hosts;
using ClusterDns.Plugins.K8sExternal;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Plugins.LoadBalance;
using ClusterDns.Plugins.Local;
using ClusterDns.Plugins.Log;
using ClusterDns.Plugins.Loop;
using ClusterDns.Plugins.Metadata;
using ClusterDns.Plugins.Minimal;
using ClusterDns.Plugins.Multisocket;
using ClusterDns.Plugins.Nsid;
using ClusterDns.Plugins.Pprof;
using ClusterDns.Plugins.Prometheus;
using ClusterDns.Plugins.Ready;
using ClusterDns.Plugins.Reload;
using ClusterDns.Plugins.Rewrite;
using ClusterDns.Plugins.Root;
using ClusterDns.Plugins.Shortnames;
using ClusterDns.Plugins.Status;
using ClusterDns.Plugins.Template;
using ClusterDns.Plugins.Timeouts;
using ClusterDns.Plugins.Top;
using ClusterDns.Plugins.Trace;
using ClusterDns.Plugins.Transfer;
using ClusterDns.Plugins.View;
using ClusterDns.Plugins.Whoami;
using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Serving;

namespace ClusterDns.Plugins;

/// <summary>
/// Every directive, outermost first: CoreDNS's, and our own <c>top</c>, <c>shortnames</c> and <c>aaaa</c>. A plugin feels those above
/// it and must not care about those below: this list is the only place that knows order, whatever the order in a Corefile.
/// </summary>
internal static class PluginOrder
{
    private const string PlainDns = "put a proxy that ends the encryption in front of a dns:// listener";

    private const string ProvidersServers = "use 'forward' to the name servers that the provider has for the zone";

    /// <summary>All names that a Corefile may use, in order of execution; some are known only to be refused.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "root", "metadata", "geoip", "cancel", "proxyproto", "quic", "grpc_server", "https", "https3", "timeouts",
        "status",
        "multisocket", "reload", "nsid", "bufsize", "bind", "debug", "trace", "ready", "health", "pprof", "shed",
        "top", "prometheus", "errors", "log", "dnstap", "local", "dns64", "any", "chaos", "loadbalance", "tsig", "rewrite",
        "autopath", "shortnames", "acl", "cache", "header", "dnssec", "tls", "minimal", "template", "transfer", "hosts",
        "route53", "azure", "clouddns", "k8s_external", "kubernetes", "file", "auto", "secondary", "etcd", "aaaa", "loop",
        "forward", "grpc", "erratic", "whoami", "on", "sign", "view", "nomad",
    ];

    /// <summary>The directives that are served, in the same order.</summary>
    public static IReadOnlyList<PluginDescriptor> Descriptors { get; } =
    [
        RootDirective.Descriptor,
        MetadataDirective.Descriptor,
        CancelDirective.Descriptor,
        TimeoutsDirective.Descriptor,
        StatusDirective.Descriptor,
        MultisocketDirective.Descriptor,
        ReloadDirective.Descriptor,
        NsidDirective.Descriptor,
        BufsizeDirective.Descriptor,
        BindDirective.Descriptor,
        DebugDirective.Descriptor,
        TraceDirective.Descriptor,
        ReadyDirective.Descriptor,
        HealthDirective.Descriptor,
        PprofDirective.Descriptor,
        TopDirective.Descriptor,
        PrometheusDirective.Descriptor,
        ErrorsDirective.Descriptor,
        LogDirective.Descriptor,
        LocalDirective.Descriptor,
        Dns64Directive.Descriptor,
        AnyDirective.Descriptor,
        ChaosDirective.Descriptor,
        LoadBalanceDirective.Descriptor,
        RewriteDirective.Descriptor,
        AutopathDirective.Descriptor,
        ShortnamesDirective.Descriptor,
        AclDirective.Descriptor,
        CacheDirective.Descriptor,
        HeaderDirective.Descriptor,
        MinimalDirective.Descriptor,
        TemplateDirective.Descriptor,
        TransferDirective.Descriptor,
        HostsDirective.Descriptor,
        K8sExternalDirective.Descriptor,
        KubernetesDirective.Descriptor,
        FileDirective.Descriptor,
        AaaaDirective.Descriptor,
        LoopDirective.Descriptor,
        ForwardDirective.Descriptor,
        WhoamiDirective.Descriptor,
        ViewDirective.Descriptor,
    ];

    /// <summary>
    /// Directives that are not going to be served, and what to do instead. One that is neither here nor in
    /// <see cref="Descriptors"/> is still to come.
    /// </summary>
    private static readonly FrozenDictionary<string, string> Alternatives = new Dictionary<string, string>
    {
        ["geoip"] = "nothing takes its place, for no answer depends on where a client is; remove the line",
        ["proxyproto"] = "let the load balancer keep client addresses, as externalTrafficPolicy: Local does",
        ["quic"] = PlainDns,
        ["grpc_server"] = PlainDns,
        ["https"] = PlainDns,
        ["https3"] = PlainDns,
        ["shed"] = "remove the line; queries beyond what a listener can hold are dropped by its own bounds",
        ["dnstap"] = "use 'log', with 'metadata' for the names of pods and Services",
        ["tsig"] = "use 'acl' to say which networks may ask",
        ["dnssec"] = "sign the zone on its primary server and use 'forward' to that",
        ["tls"] = PlainDns,
        ["route53"] = ProvidersServers,
        ["azure"] = ProvidersServers,
        ["clouddns"] = ProvidersServers,
        ["auto"] = "use 'forward' to the server that has the zones, or 'hosts' for a few names",
        ["secondary"] = "use 'forward' to the primary server, with 'cache'",
        ["etcd"] = "use 'forward' to a server that reads etcd",
        ["grpc"] = "use 'forward' with tls:// addresses",
        ["erratic"] = "use 'template' with 'rcode' to have failures in tests",
        ["on"] = "run the command outside, from a service unit or an init container",
        ["sign"] = "sign the zone on its primary server and use 'forward' to that",
        ["nomad"] = "register the services in Consul and use 'forward' to its DNS port",
    }.ToFrozenDictionary();

    /// <exception cref="CorefileException">The directive is known and not served.</exception>
    public static void CheckIsServed(Directive directive)
    {
        if (!Descriptors.Any(descriptor => descriptor.Name == directive.Name))
        {
            throw directive.Error($"directive '{directive.Name}' is not supported by ClusterDns: {Alternatives[directive.Name]}");
        }
    }
}
