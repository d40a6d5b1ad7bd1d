using System.Globalization;

namespace ClusterDns.Corefile;

/// <summary>
/// Durations as Corefiles spell them and CoreDNS prints them: <c>30s</c>, <c>1m30s</c>, <c>1.5h</c>, <c>500ms</c>.
/// </summary>
internal static class GoDuration
{
    private const double MaxSeconds = long.MaxValue / 1e9;

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

        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            if (!TryTakePart(text, ref rest, ref seconds, out mistake))
            {
                return false;
            }
        }

        duration = TimeSpan.FromTicks((long)Math.Round((isNegative ? -seconds : seconds) * TimeSpan.TicksPerSecond));
        return true;
    }

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

    private static bool TryTakePart(string text, ref ReadOnlySpan<char> rest, ref double seconds, out string mistake)
    {
        mistake = "";
        var numberLength = rest.IndexOfAnyExcept("0123456789.");
        var number = numberLength < 0 ? rest : rest[..numberLength];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            mistake = $"time: invalid duration \"{text}\"";
            return false;
        }

        rest = rest[number.Length..];
        var unitLength = rest.IndexOfAny("0123456789.");
        var unit = unitLength < 0 ? rest : rest[..unitLength];
        if (unit.IsEmpty)
        {
            mistake = $"time: missing unit in duration \"{text}\"";
            return false;
        }

        var factor = SecondsPer(unit);
        seconds += amount * factor;
        rest = rest[unit.Length..];
        mistake = factor == 0 ? $"time: unknown unit \"{unit}\" in duration \"{text}\""
            : seconds > MaxSeconds ? $"time: invalid duration \"{text}\""
            : "";
        return mistake.Length == 0;
    }

    private static double SecondsPer(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1e-9,
        "us" or "µs" or "μs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => 0,
    };

    // Decimal arithmetic: a double would print 1.1000000000000001.
    private static string FormatDecimal(long ticks, long ticksPerUnit) =>
        ((decimal)ticks / ticksPerUnit).ToString("0.#######", CultureInfo.InvariantCulture);
}
