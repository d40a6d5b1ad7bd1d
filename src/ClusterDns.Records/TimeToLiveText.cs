namespace ClusterDns.Records;

/// <summary>TTLs as zone files write them: seconds, or numbers with units one after the other (<c>1h30m</c>).</summary>
internal static class TimeToLiveText
{
    /// <summary>RFC 2181, 8: the upper bit is always zero.</summary>
    private const uint Most = int.MaxValue;

    /// <summary>Units are w, d, h, m and s, in either case; a number behind the last unit is seconds.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out uint seconds)
    {
        seconds = 0;
        ulong total = 0;
        ulong number = 0;
        var hasDigit = false;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character))
            {
                number = (number * 10) + (ulong)(character - '0');
                hasDigit = true;
            }
            else if (hasDigit && SecondsIn(character) is var unit and not 0)
            {
                total += number * unit;
                number = 0;
                hasDigit = false;
            }
            else
            {
                return false;
            }

            if (number > Most || total > Most)
            {
                return false;
            }
        }

        total += number;
        seconds = (uint)total;
        return text.Length > 0 && total <= Most;
    }

    private static ulong SecondsIn(char unit) => char.ToLowerInvariant(unit) switch
    {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        'w' => 604_800,
        _ => 0,
    };
}
