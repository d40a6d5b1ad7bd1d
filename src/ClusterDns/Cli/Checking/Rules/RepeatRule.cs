namespace ClusterDns.Cli.Checking.Rules;

/// <summary>Directives of which the last line counts, as for CoreDNS: what the others say is said in vain.</summary>
internal static class RepeatRule
{
    private static readonly string[] LastCounts =
        ["autopath", "bufsize", "cancel", "chaos", "dns64", "header", "health", "k8s_external", "loadbalance", "local", "root"];

    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        from name in LastCounts
        let lines = block.Source.Lines(name)
        from line in lines.SkipLast(1)
        select Finding.Warning(
            line.NameToken,
            $"this {name} has no effect: that of line {lines[^1].NameToken.Line} takes its place",
            "keep one of the lines, with all that is wanted");
}
