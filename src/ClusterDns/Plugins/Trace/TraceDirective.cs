using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Trace;

/// <summary><c>trace [TYPE] [ENDPOINT] { ... }</c>: read, and nothing more.</summary>
internal static class TraceDirective
{
    private const string Name = "trace";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    public static void Check(Directive directive)
    {
        directive.ExpectArguments(0, 2);
        if (directive.Arguments is [{ Text: var type }, _] && type.ToLowerInvariant() is not ("zipkin" or "datadog"))
        {
            throw directive.Error($"tracing endpoint type '{type}' is not supported");
        }

        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            CheckProperty(property);
        }
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var directive in directives)
        {
            Check(directive);
        }

        TraceLog.DoesNothing(block.LoggerFor(Name));
    }

    // A property that is not known here is passed over, as CoreDNS does.
    private static void CheckProperty(Directive property)
    {
        switch (property.Name)
        {
            case "every":
                CheckValue(property, IsCount(property.SingleArgument()));
                break;
            case "service":
                property.ExpectArguments(1, 1);
                break;
            case "client_server":
                property.ExpectArguments(0, 1);
                CheckValue(property, Value(property) is null or "true" or "false" or "1" or "0");
                break;
            case "datadog_analytics_rate":
                property.ExpectArguments(0, 1);
                CheckValue(property, Value(property) is not { } rate || IsShare(rate));
                break;
            case "zipkin_max_backlog_size" or "zipkin_max_batch_size":
                property.ExpectArguments(0, 1);
                CheckValue(property, Value(property) is not { } size || IsCount(size));
                break;
            case "zipkin_max_batch_interval":
                property.ExpectArguments(0, 1);
                CheckValue(property, Value(property) is not { } interval || GoDuration.TryParse(interval, out _));
                break;
        }
    }

    private static string? Value(Directive property) => property.Arguments is [{ Text: var text }] ? text : null;

    private static void CheckValue(Directive property, bool isGood)
    {
        if (!isGood)
        {
            throw property.Error($"invalid value for {property.Name}: '{property.Arguments[0].Text}'");
        }
    }

    private static bool IsCount(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool IsShare(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share <= 1;
}
