using ClusterDns.Plugins.Shortnames;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>What shows only with the cluster at hand: lists that may not be read, and namespaces that capture names.</summary>
internal static class ClusterRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        if (configuration.Cluster is not { } cluster)
        {
            yield break;
        }

        foreach (var trouble in cluster.Troubles)
        {
            yield return Finding.Warning(null, trouble);
        }

        if (!cluster.AreComplete && cluster.Troubles.Count == 0)
        {
            yield return Finding.Warning(null, $"the cluster was not read within {ClusterSurvey.Longest.TotalSeconds:0} s");
        }

        // CVE-2022-2835: with the usual search list a pod asks for NAME.com.svc.cluster.local before NAME.com.
        var topLevel = TopLevelDomains.Read().ToHashSet(StringComparer.Ordinal);
        foreach (var name in cluster.Namespaces.Where(topLevel.Contains))
        {
            yield return Finding.Warning(
                null,
                $"namespace '{name}' is named like a top-level domain: a Service 'x' in it takes the place of x.{name} for every pod",
                "rename it, or let nobody create Services there");
        }

        if (!cluster.AreComplete)
        {
            yield break;
        }

        foreach (var word in configuration.Blocks.SelectMany(block => block.Source.Lines("kubernetes"))
            .SelectMany(line => line.Properties).Where(property => property.Name == "namespaces")
            .SelectMany(property => property.Arguments).Where(word => !cluster.Namespaces.Contains(word.Text)))
        {
            yield return Finding.Warning(word, $"the cluster has no namespace '{word.Text}'");
        }
    }
}
