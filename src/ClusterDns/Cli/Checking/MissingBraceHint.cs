using ClusterDns.Plugins;

namespace ClusterDns.Cli.Checking;

/// <summary>Where a closing brace is missing, each line behind it is blamed for not being what it was never meant to be.</summary>
internal static class MissingBraceHint
{
    public static Finding Add(Finding finding)
    {
        if (finding is not { Advice: null, Place: { } place })
        {
            return finding;
        }

        if (finding.Message.EndsWith($"unknown property '{place.Text}'", StringComparison.Ordinal)
            || finding.Message.EndsWith($"unexpected line ending after '{place.Text}'", StringComparison.Ordinal))
        {
            return PluginOrder.Descriptors.Any(descriptor => descriptor.Name == place.Text)
                ? finding with { Advice = $"'{place.Text}' is a directive: a '}}' may be missing above" }
                : finding;
        }

        var looksLikeKey = place.Text.AsSpan().IndexOfAny('.', ':') >= 0;
        return looksLikeKey && finding.Message.StartsWith("Unknown directive", StringComparison.Ordinal)
            ? finding with { Advice = "this looks like the key of a server block: a '}' may be missing above" }
            : finding;
    }
}
