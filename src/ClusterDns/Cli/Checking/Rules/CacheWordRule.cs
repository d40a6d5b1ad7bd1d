using System.Text.RegularExpressions;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>A TTL that is no number is taken for the one zone that is kept, and everything else is asked for each time.</summary>
internal static partial class CacheWordRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        from line in block.Source.Lines("cache")
        where line.Arguments.Count > 0
        let word = line.Arguments[0]
        where NumberWithMore().Match(word.Text) is { Success: true }
        select Finding.Warning(
            word,
            $"'{word.Shown}' is taken for a zone, and nothing outside of it is kept",
            $"write the seconds as a number alone: 'cache {NumberWithMore().Match(word.Text).Groups[1].Value}'");

    [GeneratedRegex("^([0-9]+)(?![0-9]*$)(?:ms|min|sec|seconds|[smh,;])?\\{?$")]
    private static partial Regex NumberWithMore();
}
