namespace ClusterDns.Cli.Checking.Rules;

/// <summary>A log format with fields that nobody fills in.</summary>
internal static class LogRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        where block.Line("metadata") is null
        from line in block.Source.Lines("log")
        from word in line.Arguments
        where word.Text.Contains("{/", StringComparison.Ordinal)
        select Finding.Warning(word, "fields such as {/kubernetes/client-pod-name} stay empty without 'metadata'", "add 'metadata' to the block");
}
