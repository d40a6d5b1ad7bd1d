using ClusterDns.Corefile;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>A stray brace is taken for a zone, and with it all that follows.</summary>
internal static class KeyRule
{
    public static bool IsBrace(CorefileToken key) => key.Text is "}" or "{";

    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        from key in block.Source.Keys
        where IsBrace(key)
        select Finding.Warning(key, $"'{key.Text}' is taken for the zone of a server block", "there may be one brace too many above");
}
