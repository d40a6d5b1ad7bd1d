namespace ClusterDns.Cli.Checking.Rules;

/// <summary><c>k8s_external</c> looks for its Services when the server starts, and ends it if there are none.</summary>
internal static class NeedsKubernetesRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        let line = block.Line("k8s_external")
        where line is not null && block.Line("kubernetes") is null
        select new Finding(FindingKind.Error, line.NameToken, "plugin/k8s_external: kubernetes plugin not loaded")
        {
            Advice = "add 'kubernetes' to this server block",
        };
}
