using ClusterDns.Plugins.Forward;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>Of several <c>forward</c> lines the first that takes a name is asked, not the one that fits best.</summary>
internal static class ForwardOrderRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        foreach (var block in configuration.Blocks)
        {
            foreach (var (index, (line, options)) in block.Forwards.Index())
            {
                var earlier = block.Forwards.Take(index).FirstOrDefault(forward => TakesAll(forward.Options, options.From));
                if (earlier.Line is not null)
                {
                    yield return Finding.Warning(
                        line.Arguments[0],
                        $"this forward is never asked: that of line {earlier.Line.NameToken.Line} takes every name below {earlier.Options.From}",
                        "put the longer zone first, or in a server block of its own");
                }
            }
        }
    }

    private static bool TakesAll(ForwardOptions earlier, DnsName zone) =>
        zone.IsAtOrBelow(earlier.From)
        && earlier.NextCodes.Count == 0
        && !earlier.NextOnNoData
        && !earlier.Except.Any(except => except.IsAtOrBelow(zone) || zone.IsAtOrBelow(except));
}
