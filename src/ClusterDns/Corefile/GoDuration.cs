using System.Globalization;

namespace ClusterDns.Corefile;

/// <summary>
/// Durations as Go writes them, which Corefiles use: numbers with units such as <c>5s</c>, <c>1m30s</c>, <c>1.5h</c>,
/// <c>500ms</c>, and a bare <c>0</c>.
/// </summary>
internal static class GoDuration
{
    /// <summary>Go counts nanoseconds in 64 bits: some 292 years.</summary>
    private const decimal MaxTicks = long.MaxValue / TimeSpan.NanosecondsPerTick;

    // A unit that begins another one comes behind it. The micro sign and the Greek letter look the same.
    private static readonly (string Name, decimal Ticks)[] Units =
    [
        ("ns", 1m / TimeSpan.NanosecondsPerTick),
        ("us", TimeSpan.TicksPerMicrosecond),
        ("\u00B5s", TimeSpan.TicksPerMicrosecond),
        ("\u03BCs", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>False for what Go refuses, and for a negative duration. Below 100 ns nothing is kept.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        if (text is "0")
        {
            return true;
        }

        var ticks = 0m;
        do
        {
            if (!TryReadPart(ref text, out var part) || (ticks += part) > MaxTicks)
            {
                return false;
            }
        }
        while (!text.IsEmpty);

        duration = new TimeSpan((long)ticks);
        return true;
    }

    private static bool TryReadPart(ref ReadOnlySpan<char> text, out decimal ticks)
    {
        ticks = 0;
        var digits = Math.Max(text.IndexOfAnyExcept("0123456789."), 0);
        if (!decimal.TryParse(
            text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        text = text[digits..];
        foreach (var unit in Units)
        {
            if (text.StartsWith(unit.Name, StringComparison.Ordinal))
            {
                text = text[unit.Name.Length..];
                // Compared before it is multiplied, which could overflow.
                ticks = number > MaxTicks / unit.Ticks ? MaxTicks + 1 : number * unit.Ticks;
                return true;
            }
        }

        return false;
    }
}
