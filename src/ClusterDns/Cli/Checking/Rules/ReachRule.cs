using ClusterDns.Corefile;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>A zone that a plugin has and that no query brings to its block.</summary>
internal static class ReachRule
{
    // Where the zones stand among a line's words.
    private static readonly (string Name, int FirstZone)[] Others =
    [
        ("acl", 0),
        ("cache", 0),
        ("hosts", 1),
        ("k8s_external", 0),
        ("template", 2),
    ];

    public static IEnumerable<Finding> Find(CheckedConfiguration configuration)
    {
        foreach (var block in configuration.Blocks.Where(block => block.Keys.Count > 0))
        {
            if (block.Kubernetes is { } kubernetes && block.Line("kubernetes") is { } line)
            {
                foreach (var zone in kubernetes.Zones.Where(zone => !ReverseTrees.Contain(zone)))
                {
                    if (Explain(configuration, block, zone) is { } why)
                    {
                        yield return Finding.Warning(PlaceOf(line, zone), $"kubernetes is never asked for {zone}: {why}");
                    }
                }
            }

            foreach (var (forward, options) in block.Forwards)
            {
                if (Explain(configuration, block, options.From) is { } why)
                {
                    yield return Finding.Warning(forward.Arguments[0], $"forward is never asked for {options.From}: {why}");
                }
            }

            foreach (var finding in FindOthers(configuration, block))
            {
                yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> FindOthers(CheckedConfiguration configuration, CheckedBlock block) =>
        from other in Others
        from line in block.Source.Lines(other.Name)
        from word in line.Arguments.Skip(other.FirstZone)
        where ZoneAddress.TryParse(word, out _, out _)
        from zone in ZoneArguments.Parse([word])
        where !ReverseTrees.Contain(zone) && !(other.Name == "cache" && IsNumber(word))
        let why = Explain(configuration, block, zone)
        where why is not null
        select Finding.Warning(word, $"{other.Name} is never asked for {zone}: {why}");

    private static bool IsNumber(CorefileToken word) => word.Text.All(char.IsAsciiDigit);

    /// <summary>Why no query for the zone comes to the block; null if one does.</summary>
    private static string? Explain(CheckedConfiguration configuration, CheckedBlock block, DnsName zone)
    {
        // A zone above the block's own is reached for a part of it.
        if (block.Keys.Any(key => key.Zone.IsAtOrBelow(zone)))
        {
            return null;
        }

        if (!block.Keys.Any(key => zone.IsAtOrBelow(key.Zone)))
        {
            return $"this block serves {string.Join(", ", block.Keys.Select(key => key.Zone).Distinct())}";
        }

        var takers = block.Keys.Where(key => zone.IsAtOrBelow(key.Zone)).SelectMany(key =>
            block.Setup.BindAddresses.DefaultIfEmpty().Select(address => configuration.Route(zone, key.Port, address))).ToList();
        return takers.Contains(block) ? null : $"the block of {takers[0]!.Place.Text} in line {takers[0]!.Place.Line} takes it";
    }

    private static CorefileToken PlaceOf(Directive line, DnsName zone) =>
        line.Arguments.FirstOrDefault(word => DnsName.TryParse(word.Text, out var name) && name.Equals(zone)) ?? line.NameToken;
}
