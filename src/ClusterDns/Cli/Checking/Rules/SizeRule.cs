using System.Globalization;
using ClusterDns.Plugins.Bufsize;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>Replies over UDP that are cut into fragments, which many networks lose and an attacker can forge (RFC 9715).</summary>
internal static class SizeRule
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        where block.Setup.Plugins.OfType<BufsizePlugin>().Any()
        from line in block.Source.Lines("bufsize")
        where line.Arguments is [var word]
            && int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size > BufsizeDirective.DefaultSize
        select Finding.Warning(
            line.Arguments[0],
            $"replies of more than {BufsizeDirective.DefaultSize} octets travel in fragments, and those get lost",
            $"use 'bufsize {BufsizeDirective.DefaultSize}'");
}
