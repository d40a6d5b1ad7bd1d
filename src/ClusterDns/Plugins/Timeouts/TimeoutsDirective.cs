using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Transport.Tcp;

namespace ClusterDns.Plugins.Timeouts;

/// <summary><c>timeouts { read DURATION; write DURATION; idle DURATION; maxtcpqueries NUMBER }</c></summary>
internal static class TimeoutsDirective
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static PluginDescriptor Descriptor { get; } = new("timeouts", SetUp);

    /// <summary>The settings of one directive; what it does not name stays null.</summary>
    public static ListenerSettings Parse(Directive directive)
    {
        directive.ExpectArguments(0, 0);
        var settings = new ListenerSettings();
        foreach (var property in directive.Properties)
        {
            property.ExpectNoBlock();
            settings = property.Name switch
            {
                "read" => settings with { ReadTimeout = ParseTimeout(property) },
                "write" => settings with { WriteTimeout = ParseTimeout(property) },
                "idle" => settings with { IdleTimeout = ParseTimeout(property) },
                "maxtcpqueries" => settings with { MaxTcpQueries = ParseQueries(property) },
                _ => throw property.Error($"unknown option: '{property.Name}'"),
            };
        }

        return directive.Properties.Count > 0
            ? settings
            : throw directive.Error("timeouts block with no timeouts or limits specified");
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        foreach (var directive in directives)
        {
            // Several lines: the last one that names a number counts.
            block.Listener = Parse(directive).Or(block.Listener);
        }
    }

    // A number alone is in seconds.
    private static TimeSpan ParseTimeout(Directive property)
    {
        var text = property.SingleArgument();
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
        if (!GoDuration.TryParse(isNumber ? $"{text}s" : text, out var timeout, out _))
        {
            throw property.Error($"failed to parse duration '{text}'");
        }

        return timeout >= Shortest && timeout <= Longest
            ? timeout
            : throw property.Error(
                $"timeout provided '{GoDuration.Format(timeout)}' needs to be between 1 second and 24 hours");
    }

    private static int ParseQueries(Directive property)
    {
        var text = property.SingleArgument();
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var queries)
            && queries is TcpOptions.UnlimitedQueries or > 0
                ? queries
                : throw property.Error($"maxtcpqueries must be a positive integer or -1: '{text}'");
    }
}
