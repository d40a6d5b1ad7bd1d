using System.Globalization;

namespace ClusterDns.Corefile;

/// <summary>
/// Durations as Corefiles spell them and CoreDNS prints them: <c>30s</c>, <c>1m30s</c>, <c>1.5h</c>, <c>500ms</c>.
/// </summary>
internal static class GoDuration
{
    /// <summary>Longest time that a timer can be set to; directives refuse more where they wait for what they read.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    /// <summary>Go counts nanoseconds in 64 bits: some 292 years.</summary>
    private const decimal MaxTicks = long.MaxValue / TimeSpan.NanosecondsPerTick;

    /// <summary>A time between two looks: zero stays zero, which is never; any other is made as long as is sensible at least.</summary>
    /// <param name="duration">What was written, not negative.</param>
    /// <param name="shortest">What is sensible.</param>
    public static TimeSpan Interval(TimeSpan duration, TimeSpan shortest) => duration == TimeSpan.Zero
        ? duration
        : TimeSpan.FromTicks(Math.Clamp(duration.Ticks, shortest.Ticks, LongestTimer.Ticks));

    /// <summary>
    /// Reads numbers with units (ns, us, ms, s, m, h) one after the other, or a bare <c>0</c>. On failure
    /// <paramref name="mistake"/> says what is wrong; on success it is empty. Finer than 100 ns is cut off.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan duration, out string mistake)
    {
        duration = default;
        mistake = "";
        var rest = text.AsSpan().TrimStart("+-");
        var isNegative = text.StartsWith('-');
        if (rest is "0" && text.Length <= 2)
        {
            return true;
        }

        if (rest.IsEmpty || text.Length - rest.Length > 1)
        {
            mistake = $"time: invalid duration \"{text}\"";
            return false;
        }

        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryTakePart(text, ref rest, ref ticks, out mistake))
            {
                return false;
            }
        }

        duration = TimeSpan.FromTicks((long)(isNegative ? -ticks : ticks));
        return true;
    }

    /// <summary>The same for what may not be negative, when nobody asks what is wrong.</summary>
    public static bool TryParse(string text, out TimeSpan duration) =>
        TryParse(text, out duration, out _) && duration >= TimeSpan.Zero;

    /// <summary><c>5m0s</c>, <c>1.5s</c>, <c>20ms</c>, <c>0s</c>: units from hours down, none left out between the first and seconds.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
        {
            return "-" + Format(duration.Negate());
        }

        if (duration >= TimeSpan.FromSeconds(1))
        {
            var seconds = FormatDecimal(duration.Ticks % TimeSpan.TicksPerMinute, TimeSpan.TicksPerSecond) + "s";
            var hours = (long)duration.TotalHours;
            return hours > 0 ? $"{hours}h{duration.Minutes}m{seconds}"
                : duration.Minutes > 0 ? $"{duration.Minutes}m{seconds}"
                : seconds;
        }

        if (duration >= TimeSpan.FromMilliseconds(1))
        {
            return FormatDecimal(duration.Ticks, TimeSpan.TicksPerMillisecond) + "ms";
        }

        return duration >= TimeSpan.FromMicroseconds(1)
            ? FormatDecimal(duration.Ticks, TimeSpan.TicksPerMicrosecond) + "µs"
            : duration.Ticks == 0 ? "0s" : $"{duration.Ticks * TimeSpan.NanosecondsPerTick}ns";
    }

    private static bool TryTakePart(string text, ref ReadOnlySpan<char> rest, ref decimal ticks, out string mistake)
    {
        mistake = $"time: invalid duration \"{text}\"";
        var numberLength = rest.IndexOfAnyExcept("0123456789.");
        var number = numberLength < 0 ? rest : rest[..numberLength];
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        rest = rest[number.Length..];
        var unitLength = rest.IndexOfAny("0123456789.");
        var unit = unitLength < 0 ? rest : rest[..unitLength];
        if (TicksPer(unit) is not { } factor)
        {
            mistake = unit.IsEmpty
                ? $"time: missing unit in duration \"{text}\""
                : $"time: unknown unit \"{unit}\" in duration \"{text}\"";
            return false;
        }

        rest = rest[unit.Length..];
        // Compared before it is multiplied, which could overflow.
        if (amount > MaxTicks / factor || (ticks += amount * factor) > MaxTicks)
        {
            return false;
        }

        mistake = "";
        return true;
    }

    // The micro sign and the Greek letter look the same.
    private static decimal? TicksPer(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1m / TimeSpan.NanosecondsPerTick,
        "us" or "\u00B5s" or "\u03BCs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        "h" => TimeSpan.TicksPerHour,
        _ => null,
    };

    // Decimal arithmetic: a double would print 1.1000000000000001.
    private static string FormatDecimal(long ticks, long ticksPerUnit) =>
        ((decimal)ticks / ticksPerUnit).ToString("0.#######", CultureInfo.InvariantCulture);
}
