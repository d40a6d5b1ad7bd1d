using ClusterDns.Corefile;
using ClusterDns.Serving;

namespace ClusterDns.Plugins.Reload;

/// <summary><c>reload [INTERVAL] [JITTER]</c>: for the whole process, whichever block it stands in.</summary>
internal static class ReloadDirective
{
    public static PluginDescriptor Descriptor { get; } = new("reload", SetUp);

    public static ReloadOptions Parse(Directive directive)
    {
        directive.ExpectArguments(0, 2);
        directive.ExpectNoBlock();
        var words = directive.Arguments;
        var interval = words.Count > 0 ? words[0].ReadDuration() : ReloadOptions.DefaultInterval;
        if (interval < ReloadOptions.ShortestInterval)
        {
            throw directive.Error($"interval value must be greater or equal to {GoDuration.Format(ReloadOptions.ShortestInterval)}");
        }

        if (interval > GoDuration.LongestTimer)
        {
            throw directive.Error($"interval value must be at most {GoDuration.Format(GoDuration.LongestTimer)}");
        }

        var jitter = words.Count > 1 ? words[1].ReadDuration() : ReloadOptions.DefaultJitter;
        if (jitter < ReloadOptions.ShortestJitter && jitter != TimeSpan.Zero)
        {
            throw directive.Error($"jitter value must be greater or equal to {GoDuration.Format(ReloadOptions.ShortestJitter)}");
        }

        var half = interval / 2;
        return new ReloadOptions(interval, jitter > half ? half : jitter);
    }

    // One Corefile is looked at in one rhythm: the first block that names one is heard.
    private static void SetUp(IReadOnlyList<Directive> directives, BlockSetup block)
    {
        var options = directives.Select(Parse).ToList();
        block.Configuration.Reload ??= options[^1];
    }
}
