using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary><c>autopath</c> that cannot know its clients, and then silently does nothing.</summary>
internal static class AutopathRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        foreach (var block in configuration.Blocks)
        {
            if (block.Line("autopath") is not { Arguments: [.., { Text: ['@', ..] } source] } line)
            {
                continue;
            }

            if (block.Line(source.Text[1..]) is not { } plugin)
            {
                yield return Finding.Warning(source, $"autopath does nothing: the block has no '{source.Text[1..]}'");
            }
            else if (block.Kubernetes is { Pods: not PodMode.Verified })
            {
                yield return Finding.Warning(
                    line.NameToken,
                    $"autopath does nothing: 'kubernetes' in line {plugin.NameToken.Line} has no 'pods verified' to tell clients apart",
                    "add 'pods verified' there; it makes the server watch every pod");
            }
        }
    }
}
