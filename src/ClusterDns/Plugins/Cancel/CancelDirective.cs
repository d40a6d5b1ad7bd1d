using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Cancel;

/// <summary><c>cancel [DURATION]</c></summary>
internal static class CancelDirective
{
    private const string Name = "cancel";

    /// <summary>A little more than the five seconds that an upstream may take: who gives up there tells why.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMilliseconds(5001);

    public static PluginDescriptor Descriptor { get; } = new(Name, SetUp);

    /// <summary>Longest time for a query.</summary>
    public static TimeSpan Parse(Directive directive)
    {
        directive.ExpectArguments(0, 1);
        directive.ExpectNoBlock();
        if (directive.Arguments is not [{ Text: var text }])
        {
            return DefaultTimeout;
        }

        if (!GoDuration.TryParse(text, out var timeout, out _))
        {
            throw directive.Error($"invalid duration: \"{text}\"");
        }

        if (timeout <= TimeSpan.Zero)
        {
            throw directive.Error($"invalid negative duration: \"{text}\"");
        }

        return timeout <= GoDuration.LongestTimer
            ? timeout
            : throw directive.Error($"cancel cannot wait longer than 24 days: {text}");
    }

    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        // Several lines: the last one counts, as for CoreDNS.
        var timeout = directives.Select(Parse).Last();
        block.Add(new CancelPlugin(timeout, block.Services, block.LoggerFor(Name)));
    }
}
