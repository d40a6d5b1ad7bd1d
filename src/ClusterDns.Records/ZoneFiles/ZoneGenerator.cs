using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ClusterDns.Records.ZoneFiles;

/// <summary>
/// <c>$GENERATE START-STOP[/STEP] OWNER [TTL] [CLASS] TYPE RDATA</c>: a record for each number, which stands wherever the
/// words have <c>$</c> or <c>${OFFSET[,WIDTH[,BASE]]}</c>. BIND's, and CoreDNS has it too.
/// </summary>
internal static class ZoneGenerator
{
    private const int MostNumber = ushort.MaxValue;
    private const int MostWidth = 255;

    /// <param name="words">The directive, with its name.</param>
    /// <param name="records">The words of each record, made one by one.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryCreate(
        IReadOnlyList<RecordWord> words,
        [NotNullWhen(true)] out IEnumerable<IReadOnlyList<RecordWord>>? records,
        [NotNullWhen(false)] out string? error)
    {
        records = null;
        error = "$GENERATE needs START-STOP or START-STOP/STEP, then a record";
        if (words.Count < 3 || !TryReadRange(words[1].Text, out var start, out var stop, out var step))
        {
            return false;
        }

        // A mistake in the words shows with the first number as well as with the last.
        if (words.Skip(2).FirstOrDefault(word => Fill(word.Text, start) is null) is { Text: not null } wrong)
        {
            error = $"'{wrong.Shown}' has a $ that $GENERATE does not understand";
            return false;
        }

        error = null;
        records = Generate([.. words.Skip(2)], start, stop, step);
        return true;
    }

    private static IEnumerable<IReadOnlyList<RecordWord>> Generate(RecordWord[] words, int start, int stop, int step)
    {
        for (var number = start; number <= stop; number += step)
        {
            var filled = new RecordWord[words.Length];
            for (var i = 0; i < words.Length; i++)
            {
                filled[i] = words[i] with { Text = Fill(words[i].Text, number) ?? "" };
            }

            yield return filled;
        }
    }

    private static bool TryReadRange(string text, out int start, out int stop, out int step)
    {
        stop = 0;
        step = 1;
        var slash = text.IndexOf('/');
        var range = slash < 0 ? text.AsSpan() : text.AsSpan(0, slash);
        var dash = range.IndexOf('-');
        return TryReadNumber(dash < 0 ? [] : range[..dash], out start)
            && TryReadNumber(range[(dash + 1)..], out stop)
            && (slash < 0 || TryReadNumber(text.AsSpan(slash + 1), out step))
            && start <= stop
            && step > 0;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= MostNumber;

    /// <summary>The word with the number in it; null if it has a <c>$</c> that makes no sense.</summary>
    private static string? Fill(string word, int number)
    {
        var filled = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            switch (word[i])
            {
                case '\\' when i + 1 < word.Length:
                    filled.Append(word[i + 1] == '$' ? "" : "\\").Append(word[++i]);
                    break;
                case '$' when i + 1 < word.Length && word[i + 1] == '$':
                    filled.Append(word[i++]);
                    break;
                case '$' when i + 1 < word.Length && word[i + 1] == '{':
                    var end = word.IndexOf('}', i);
                    if (end < 0 || Format(word[(i + 2)..end], number) is not { } text)
                    {
                        return null;
                    }

                    filled.Append(text);
                    i = end;
                    break;
                case '$':
                    filled.Append(number);
                    break;
                default:
                    filled.Append(word[i]);
                    break;
            }
        }

        return filled.ToString();
    }

    private static string? Format(string modifier, int number)
    {
        var parts = modifier.Split(',');
        var width = 0;
        if (parts.Length > 3
            || !int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var offset)
            || Math.Abs((long)offset) > MostNumber
            || number + offset < 0
            || (parts.Length > 1 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width > MostWidth)))
        {
            return null;
        }

        var text = (parts.Length > 2 ? parts[2] : "d") switch
        {
            "d" => (number + offset).ToString(CultureInfo.InvariantCulture),
            "o" => Convert.ToString(number + offset, 8),
            "x" => (number + offset).ToString("x", CultureInfo.InvariantCulture),
            "X" => (number + offset).ToString("X", CultureInfo.InvariantCulture),
            _ => null,
        };
        return text?.PadLeft(width, '0');
    }
}
