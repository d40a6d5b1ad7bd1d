using System.Collections.Frozen;

namespace ClusterDns.Cli.Checking;

/// <summary>A word that is no directive, and was one in an older CoreDNS or belongs between the braces of another.</summary>
internal static class DirectiveHint
{
    private const string Gone = "CoreDNS has dropped it long ago; remove the line";

    private static readonly FrozenDictionary<string, string> Removed = new Dictionary<string, string>
    {
        ["proxy"] = "CoreDNS has dropped it for 'forward', which is written alike: 'forward . /etc/resolv.conf'",
        ["federation"] = Gone,
        ["reverse"] = "CoreDNS has dropped it; 'template' makes names of addresses",
        ["startup"] = "run the command outside, from a service unit or an init container",
        ["shutdown"] = "run the command outside, from a service unit or a preStop hook",
        ["upstream"] = Gone,
        ["resyncperiod"] = Gone,
    }.ToFrozenDictionary();

    // Properties that no directive is called by, and that people indent wrongly or leave behind a brace that was lost.
    private static readonly FrozenDictionary<string, string> Owners = new Dictionary<string, string>
    {
        ["answer"] = "template",
        ["denial"] = "cache",
        ["endpoint_pod_names"] = "kubernetes",
        ["except"] = "forward",
        ["expire"] = "forward",
        ["fallthrough"] = "kubernetes, hosts, template or k8s_external",
        ["force_tcp"] = "forward",
        ["health_check"] = "forward",
        ["kubeconfig"] = "kubernetes",
        ["lameduck"] = "health",
        ["match"] = "template",
        ["max_concurrent"] = "forward",
        ["max_fails"] = "forward",
        ["namespaces"] = "kubernetes",
        ["pods"] = "kubernetes",
        ["policy"] = "forward",
        ["prefer_udp"] = "forward",
        ["prefetch"] = "cache",
        ["serve_stale"] = "cache",
        ["success"] = "cache",
        ["tls_servername"] = "forward",
        ["ttl"] = "kubernetes or hosts",
    }.ToFrozenDictionary();

    public static Finding Add(Finding finding)
    {
        if (finding is not { Advice: null, Place: { } place })
        {
            return finding;
        }

        var isDirective = finding.Message.StartsWith("Unknown directive", StringComparison.Ordinal);
        var isProperty = finding.Message.StartsWith("plugin/kubernetes: unknown property", StringComparison.Ordinal);
        return (isDirective || isProperty) && Removed.TryGetValue(place.Text, out var instead) ? finding with { Advice = instead }
            : isDirective && Owners.TryGetValue(place.Text, out var owner)
                ? finding with { Advice = $"'{place.Text}' belongs between the braces of {owner}" }
            : finding;
    }
}
