using System.Globalization;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>TTLs that a reply may have, in seconds: <c>30</c>, <c>30-300</c>, <c>-30</c> or <c>30-</c>.</summary>
internal readonly record struct TimeToLiveRange(uint Fewest, uint Most)
{
    /// <summary>Largest TTL (RFC 2181, 8), where a range has no end.</summary>
    public const uint Largest = int.MaxValue;

    public static bool TryParse(string text, out TimeToLiveRange range)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = dash < 0 ? (text, text) : (text[..dash], text[(dash + 1)..]);
        range = default;
        if (text == "-" || !TryParse(first, 0, out var fewest) || !TryParse(last, Largest, out var most) || fewest > most)
        {
            return false;
        }

        range = new TimeToLiveRange(fewest, most);
        return text.Length > 0;
    }

    public uint Limit(uint seconds) => Math.Clamp(seconds, Fewest, Most);

    private static bool TryParse(string text, uint otherwise, out uint seconds)
    {
        seconds = otherwise;
        return text.Length == 0 || uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
    }
}
