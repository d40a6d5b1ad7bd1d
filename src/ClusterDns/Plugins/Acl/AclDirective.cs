using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Acl;

/// <summary>
/// <c>acl [ZONES...] { allow|block|filter|drop [type TYPES...] [net NETWORKS...] }</c>, any number of times.
/// </summary>
internal static class AclDirective
{
    private const string Name = "acl";
    private const string Everything = "*";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static AclRule Parse(Directive directive, IReadOnlyList<DnsName> blockZones)
    {
        var zones = directive.Arguments.Count > 0 ? ZoneArguments.Parse(directive.Arguments) : blockZones;
        return new AclRule(zones, [.. directive.Properties.Select(ParsePolicy)]);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        AclRule[] rules = [.. directives.Select(directive => Parse(directive, block.Zones))];
        block.Add(new AclPlugin(rules, new AclMetrics(block.Services.Registry, block.ViewName)));
    }

    private static AclPolicy ParsePolicy(Directive line)
    {
        line.ExpectNoBlock();
        var action = ParseAction(line);
        HashSet<RecordType>? types = null;
        List<IPNetwork>? networks = null;
        bool everyType = false, everyClient = false;
        foreach (var (section, words) in Sections(line))
        {
            if (section == "type")
            {
                everyType |= words.Contains(Everything);
                (types ??= []).UnionWith(words.Where(word => word != Everything).Select(word => ParseType(line, word)));
            }
            else
            {
                everyClient |= words.Contains(Everything);
                (networks ??= []).AddRange(words.Where(word => word != Everything).Select(word => ParseNetwork(line, word)));
            }
        }

        return new AclPolicy(
            action,
            everyType ? null : types,
            everyClient || networks is null ? null : new AddressRanges(networks));
    }

    private static AclAction ParseAction(Directive line) => line.Name.ToLowerInvariant() switch
    {
        "allow" => AclAction.Allow,
        "block" => AclAction.Block,
        "filter" => AclAction.Filter,
        "drop" => AclAction.Drop,
        _ => throw line.Error($"unexpected token \"{line.Name}\"; expect 'allow', 'block', 'filter' or 'drop'"),
    };

    /// <summary>The words behind each <c>type</c> and <c>net</c>.</summary>
    private static IEnumerable<(string Section, IReadOnlyList<string> Words)> Sections(Directive line)
    {
        var words = line.Arguments.Select(argument => argument.Text).ToArray();
        for (var at = 0; at < words.Length;)
        {
            var section = words[at].ToLowerInvariant();
            if (!IsSection(section))
            {
                throw line.Error($"unexpected token \"{words[at]}\"; expect 'type | net'");
            }

            string[] values = [.. words.Skip(at + 1).TakeWhile(word => !IsSection(word.ToLowerInvariant()))];
            if (values.Length == 0)
            {
                throw line.Error($"no token specified in \"{section}\" section");
            }

            yield return (section, values);
            at += 1 + values.Length;
        }
    }

    private static bool IsSection(string word) => word is "type" or "net";

    private static RecordType ParseType(Directive line, string word) =>
        Mnemonic.TryParse(word, out RecordType type)
            ? type
            : throw line.Error($"unexpected token \"{word}\"; expect legal QTYPE");

    private static IPNetwork ParseNetwork(Directive line, string word)
    {
        if (NetworkText.TryParseAddress(word, out var address) && !word.Contains('%'))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return NetworkText.TryParse(word, out var network)
            ? network
            : throw line.Error($"illegal CIDR notation \"{word}\"");
    }
}
