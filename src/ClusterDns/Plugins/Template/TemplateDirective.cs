using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Template;

/// <summary><c>template CLASS TYPE [ZONES...] { ... }</c>, any number of times; the properties are in the README.</summary>
internal static class TemplateDirective
{
    private const string Name = "template";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <param name="directive">The line.</param>
    /// <param name="blockZones">Taken where the line names no zones.</param>
    /// <param name="logger">Told of arguments that are no zones.</param>
    /// <exception cref="CorefileException">The first mistake.</exception>
    public static TemplateRule Parse(Directive directive, IReadOnlyList<DnsName> blockZones, ILogger logger)
    {
        directive.ExpectArguments(2);
        if (!Mnemonic.TryParse(directive.Arguments[0].Text, out RecordClass recordClass))
        {
            throw directive.Error($"invalid query class {directive.Arguments[0].Shown}");
        }

        if (!Mnemonic.TryParse(directive.Arguments[1].Text, out RecordType type))
        {
            throw directive.Error($"invalid RR class {directive.Arguments[1].Shown}");
        }

        var zones = directive.Arguments.Count > 2
            ? ZoneArguments.Parse(directive.Arguments.Skip(2), warning => TemplateLog.NotAZone(logger, warning))
            : blockZones;
        var builder = new TemplateRuleBuilder(recordClass, type, new(zones));
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            builder.Read(property);
        }

        return builder.Build();
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var logger = block.LoggerFor(Name);
        TemplateRule[] rules = [.. directives.Select(directive => Parse(directive, block.Zones, logger))];
        foreach (var template in rules.SelectMany(rule => rule.Records))
        {
            if (template.Mistake is { } mistake)
            {
                TemplateLog.NoRecord(logger, template.Text, mistake);
            }
        }

        block.TakesOtherClasses |= rules.Any(rule => rule.Class != RecordClass.IN);
        block.Add(new TemplatePlugin(rules, block.Services.Lookup, new TemplateMetrics(block.Services.Registry, block.ViewName)));
    }
}
