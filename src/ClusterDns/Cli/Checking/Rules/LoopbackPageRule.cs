using System.Net;
using ClusterDns.Operations.Http;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>Pages of a pod that only the pod itself can ask for: the kubelet comes from elsewhere.</summary>
internal static class LoopbackPageRule
{
    // Metrics may be fetched there by a proxy in the same pod, as some distributions have one.
    private static readonly string[] Pages = ["health", "ready"];

    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        where configuration.Blocks.Any(other => other.Kubernetes is not null)
        from page in Pages
        from line in block.Source.Lines(page)
        where line.Arguments.Count > 0
        let word = line.Arguments[0]
        where HttpListenAddress.TryParse(word.Text, out var address, out _) && IsLoopback(address!.Host)
        select Finding.Warning(
            word,
            $"{page} listens at {word.Shown}, where the kubelet cannot ask: it is not in this pod",
            $"use ':{word.Text.Split(':')[^1]}', unless the pod has the node's network and is asked there");

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
