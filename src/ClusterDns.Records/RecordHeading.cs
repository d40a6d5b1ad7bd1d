using System.Diagnostics.CodeAnalysis;
using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>What stands between owner and rdata. TTL and class may be left out and stand in either order.</summary>
/// <param name="Type">TYPE.</param>
/// <param name="Class">CLASS; IN where none is written.</param>
/// <param name="TimeToLive">Seconds; null where none are written.</param>
/// <param name="End">The word behind the type: where the rdata begins.</param>
internal readonly record struct RecordHeading(RecordType Type, RecordClass Class, uint? TimeToLive, int End)
{
    /// <param name="words">The whole record.</param>
    /// <param name="start">The word behind the owner, which may be spelt like a type.</param>
    /// <param name="heading">What was read.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(
        IReadOnlyList<RecordWord> words, int start, out RecordHeading heading, [NotNullWhen(false)] out string? error)
    {
        heading = default;
        error = null;
        uint? timeToLive = null;
        RecordClass? recordClass = null;
        for (var i = start; i < words.Count; i++)
        {
            var text = words[i].Text;
            if (recordClass is null && Mnemonic.TryParse(text, out RecordClass givenClass) && IsOfRecords(givenClass))
            {
                recordClass = givenClass;
            }
            else if (timeToLive is null && char.IsAsciiDigit(text.FirstOrDefault()))
            {
                if (!TimeToLiveText.TryRead(text, out var seconds))
                {
                    error = $"'{words[i].Shown}' is not a TTL";
                    return false;
                }

                timeToLive = seconds;
            }
            else if (!Mnemonic.TryParse(text, out RecordType type))
            {
                error = $"'{words[i].Shown}' is not a record type";
                return false;
            }
            else if (!IsOfRecords(type))
            {
                error = $"there are no records of type {Mnemonic.Of(type)} in zones";
                return false;
            }
            else
            {
                heading = new RecordHeading(type, recordClass ?? RecordClass.IN, timeToLive, i + 1);
                return true;
            }
        }

        error = "the record has no type";
        return false;
    }

    /// <summary>False for question types (128 to 255, RFC 6895, 3.1), OPT, and 0.</summary>
    public static bool IsOfRecords(RecordType type) =>
        type is not (RecordType.None or RecordType.OPT or (>= (RecordType)128 and <= RecordType.ANY));

    private static bool IsOfRecords(RecordClass recordClass) =>
        recordClass is not (RecordClass.NONE or RecordClass.ANY or 0);
}
