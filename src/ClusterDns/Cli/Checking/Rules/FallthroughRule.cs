using ClusterDns.Corefile;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>A plugin that ends every query of its zones, in front of another that has the answers.</summary>
internal static class FallthroughRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        foreach (var block in configuration.Blocks)
        {
            var behind = block.Line("forward") ?? block.Line("kubernetes");
            if (behind is not null && block.Line("hosts") is { Arguments.Count: < 2 } hosts && !Has(hosts, "fallthrough"))
            {
                yield return Finding.Warning(
                    hosts.NameToken,
                    $"hosts answers SERVFAIL for every name it does not have: '{behind.Name}' in line {behind.NameToken.Line} is never asked",
                    "add 'fallthrough' to hosts");
            }

            if (block.Kubernetes is { } kubernetes && block.Line("forward") is { } forward)
            {
                foreach (var tree in ReverseTrees.All.Where(tree => kubernetes.Zones.Contains(tree) && !kubernetes.Fallthrough.Covers(tree)))
                {
                    yield return Finding.Warning(
                        block.Line("kubernetes")!.NameToken,
                        $"kubernetes answers NXDOMAIN for every address under {tree} that is not the cluster's:"
                            + $" 'forward' in line {forward.NameToken.Line} is never asked",
                        $"add 'fallthrough {tree.ToString().TrimEnd('.')}' to kubernetes");
                }
            }
        }
    }

    private static bool Has(Directive line, string property) => line.Properties.Any(other => other.Name == property);
}
