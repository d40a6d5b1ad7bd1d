using ClusterDns.Corefile;
using ClusterDns.Plugins.Metadata;
using ClusterDns.Plugins.View.Expressions;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.View;

/// <summary><c>view NAME { expr EXPRESSION }</c>, any number of expressions.</summary>
internal static class ViewDirective
{
    public const string Name = "view";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    /// <exception cref="CorefileException">The first mistake.</exception>
    public static ViewPlugin Parse(Directive directive) =>
        new(directive.SingleArgument(), [.. directive.Properties.Select(ParseRule)]);

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var plugin = Parse(directives[0]);
        block.View = plugin;
        block.Add(plugin);

        // Several lines of metadata add up to one plugin.
        block.Configuration.OnStart(_ =>
        {
            plugin.Metadata = block.Plugins.OfType<MetadataPlugin>().FirstOrDefault();
            return Task.CompletedTask;
        });
    }

    private static ViewRule ParseRule(Directive line)
    {
        if (line.Name != "expr")
        {
            throw line.UnknownProperty();
        }

        var source = new ExpressionSource(line);
        var condition = ExpressionParser.Parse(source);
        return condition.Kind == ValueKind.Boolean
            ? new ViewRule(source.Text, condition)
            : throw line.Error($"the expression is of type {condition.Kind}, not bool: no query would be taken");
    }
}
