namespace ClusterDns.Cli.Checking.Rules;

/// <summary>A cluster's DNS without the pages that its Deployment asks: killed, or sent queries that it cannot answer yet.</summary>
internal static class ProbeRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        if (configuration.Blocks.FirstOrDefault(block => block.Line("kubernetes") is not null) is not { } cluster)
        {
            yield break;
        }

        if (!configuration.Blocks.Any(block => block.Line("health") is not null))
        {
            yield return Finding.Warning(
                cluster.Place, "no block has 'health': a liveness probe has nothing to ask", "add 'health { lameduck 5s }'");
        }

        if (!configuration.Blocks.Any(block => block.Line("ready") is not null))
        {
            yield return Finding.Warning(
                cluster.Place, "no block has 'ready': queries are sent here before the cluster's names are read", "add 'ready'");
        }
    }
}
