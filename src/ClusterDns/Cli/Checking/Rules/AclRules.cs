using ClusterDns.Corefile;
using ClusterDns.Plugins.Acl;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary>An <c>acl</c> that does not do what its author thinks: the first line that means a query decides, and none lets it through.</summary>
internal static class AclRules
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) => configuration.Blocks.SelectMany(Find);

    private static IEnumerable<Finding> Find(CheckedBlock block)
    {
        var lines = block.Source.Lines("acl").Select(line => (Line: line, Rule: Read(line, block))).ToList();
        if (lines.Count > 0 && lines.TrueForAll(acl => acl.Rule is { } rule && IsOpen(rule)))
        {
            yield return Finding.Warning(
                lines[0].Line.NameToken,
                "acl turns nobody away: a query that no line means is allowed",
                "end it with 'block', which means everybody who is left");
        }

        foreach (var (line, rule) in lines)
        {
            if (rule is not null && EverythingAt(rule) is { } at && at + 1 < line.Properties.Count)
            {
                yield return Finding.Warning(
                    line.Properties[at + 1].NameToken,
                    $"this line is never looked at: '{line.Properties[at].Name}' in line {line.Properties[at].NameToken.Line} means every query",
                    "put it in front of that line");
            }
        }
    }

    private static bool IsOpen(AclRule rule)
    {
        foreach (var policy in rule.Policies)
        {
            if (policy.Action != AclAction.Allow)
            {
                return false;
            }
        }

        return true;
    }

    private static int? EverythingAt(AclRule rule)
    {
        for (var i = 0; i < rule.Policies.Length; i++)
        {
            if (rule.Policies[i] is { Types: null, Clients: null })
            {
                return i;
            }
        }

        return null;
    }

    private static AclRule? Read(Directive line, CheckedBlock block)
    {
        try
        {
            return AclDirective.Parse(line, block.Setup.Zones.Count > 0 ? block.Setup.Zones : [DnsName.Root]);
        }
        catch (CorefileException)
        {
            // Its mistakes have been told.
            return null;
        }
    }
}
