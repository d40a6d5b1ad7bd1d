using ClusterDns.Corefile;
using ClusterDns.Serving;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Errors;

/// <summary>
/// <c>errors [stdout] { stacktrace; consolidate DURATION REGEX [LEVEL] [show_first]; extended_errors on|off }</c>
/// </summary>
internal static class ErrorsDirective
{
    private const string Name = "errors";

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp, OncePerBlock: true);

    public static ErrorsOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        if (directive.Arguments is [{ Text: not "stdout" } file])
        {
            throw directive.Error($"invalid log file: {file.Text}");
        }

        var stackTraces = false;
        var hasExtendedErrors = true;
        List<ConsolidateOptions> consolidations = [];
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            switch (property.Name)
            {
                case "stacktrace":
                    property.ExpectArguments(0, 0);
                    stackTraces = true;
                    break;
                case "consolidate":
                    consolidations.Add(ParseConsolidate(property));
                    break;
                case "extended_errors":
                    hasExtendedErrors = ParseSwitch(property);
                    break;
                default:
                    throw property.UnknownProperty();
            }
        }

        return new ErrorsOptions(stackTraces, consolidations, hasExtendedErrors);
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = Parse(directives[0]);
        var plugin = new ErrorsPlugin(options, block.LoggerFor(Name), block.Services.Time);
        block.LogStackTraces |= options.StackTraces;

        // Heard by the plugins that are set up behind this one.
        block.HasExtendedErrors &= options.HasExtendedErrors;
        block.Configuration.OnStop(_ =>
        {
            plugin.Stop();
            return Task.CompletedTask;
        });
        block.Add(plugin);
    }

    private static bool ParseSwitch(Directive property) => property.SingleArgument() switch
    {
        "on" => true,
        "off" => false,
        var word => throw property.Error($"extended_errors is on or off, not '{word}'"),
    };

    private static ConsolidateOptions ParseConsolidate(Directive property)
    {
        property.ExpectArguments(2, 4);
        var words = property.Arguments.Select(argument => argument.Text).ToArray();
        if (!GoDuration.TryParse(words[0], out var period, out var mistake))
        {
            throw property.Error(mistake);
        }

        if (period <= TimeSpan.Zero || period > GoDuration.LongestTimer)
        {
            throw property.Error($"consolidate needs a duration between 0 and 24 days: {words[0]}");
        }

        if (!GoPattern.TryCompile(words[1], out var pattern, out var fault))
        {
            throw property.Error(fault);
        }

        // The level comes first, so a line that begins with show_first has none.
        var rest = words.AsSpan(2);
        var level = LogLevel.Error;
        if (rest is [not "show_first", ..])
        {
            level = ParseLevel(property, rest[0]);
            rest = rest[1..];
        }

        return rest is [] or ["show_first"]
            ? new ConsolidateOptions(period, pattern, words[1], level, ShowFirst: rest.Length == 1)
            : throw property.Error($"unknown option in consolidate: {rest[^1]}");
    }

    private static LogLevel ParseLevel(Directive property, string word) => word switch
    {
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "info" => LogLevel.Information,
        "debug" => LogLevel.Debug,
        _ => throw property.Error($"unknown log level argument in consolidate: {word}"),
    };
}
