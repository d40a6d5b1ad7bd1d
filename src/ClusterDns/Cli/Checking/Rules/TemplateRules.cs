using ClusterDns.Corefile;
using ClusterDns.Plugins.Template;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Cli.Checking.Rules;

/// <summary><c>template</c> that says more than was meant.</summary>
internal static class TemplateRules
{
    public static IEnumerable<Finding> Find(CheckedConfiguration configuration) =>
        from block in configuration.Blocks
        from line in block.Source.Lines("template")
        let rule = Read(line, block)
        where rule is not null
        from finding in Find(block, line, rule)
        select finding;

    private static IEnumerable<Finding> Find(CheckedBlock block, Directive line, TemplateRule rule)
    {
        // A name has one existence for all types: NXDOMAIN for AAAA denies its A record too (RFC 8020, 2).
        if (rule is { Type: RecordType.AAAA, Code: ResponseCode.NameError, Patterns.Count: 0 })
        {
            yield return Finding.Warning(
                line.Properties.First(property => property.Name == "rcode").NameToken,
                "NXDOMAIN for AAAA denies the whole name: clients give up its A record too",
                "use 'rcode NOERROR'");
        }

        var isForAll = rule.Zones.Any(zone => block.Setup.Zones.Contains(zone));
        if (isForAll && rule.Patterns.Count > 0 && !rule.Fallthrough.Any() && HasMore(block))
        {
            yield return Finding.Warning(
                line.NameToken,
                "template answers SERVFAIL for every name that none of its 'match' fits",
                "add 'fallthrough', or name the zone that it is for");
        }
    }

    private static bool HasMore(CheckedBlock block) =>
        block.Source.Directives.Any(line => line.Name is "forward" or "kubernetes" or "hosts" or "file");

    private static TemplateRule? Read(Directive line, CheckedBlock block)
    {
        try
        {
            return TemplateDirective.Parse(line, block.Setup.Zones, NullLogger.Instance);
        }
        catch (CorefileException)
        {
            // Its mistakes have been told.
            return null;
        }
    }
}
