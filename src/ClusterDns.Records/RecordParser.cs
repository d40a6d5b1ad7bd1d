using System.Diagnostics.CodeAnalysis;
using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>
/// Records in the form of zone files (RFC 1035, 5.1): <c>OWNER [TTL] [CLASS] TYPE RDATA</c>. Names are absolute, with or
/// without the final dot; <c>@</c> is the root. Nothing is remembered from one record for the next.
/// </summary>
public static class RecordParser
{
    /// <summary>Longest text, in characters: the longest RDATA with every octet written as <c>\DDD</c> fits.</summary>
    public const int MaxTextLength = 512 * 1024;

    /// <summary>Seconds, where none are written.</summary>
    public const uint DefaultTimeToLive = 3600;

    /// <summary>
    /// Reads one record. On failure <paramref name="error"/> is a sentence about what is wrong. Never throws, whatever
    /// the text.
    /// </summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out WireRecord? record,
        [NotNullWhen(false)] out string? error)
    {
        record = null;
        if (text.Length > MaxTextLength)
        {
            error = $"a record of {text.Length} characters is too long, {MaxTextLength} are allowed";
            return false;
        }

        if (!RecordWords.TryCut(text, out var words, out error))
        {
            return false;
        }

        if (words.Count == 0)
        {
            error = "there is no record";
            return false;
        }

        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        if (!NameText.TryRead(words[0], WireName.Root, owner, out var ownerLength))
        {
            error = $"'{words[0].Shown}' is not a domain name";
            return false;
        }

        if (!RecordHeading.TryRead(words, start: 1, out var heading, out error)
            || !RecordDataText.TryRead(heading.Type, heading.Class, words, heading.End, WireName.Root, out var data, out error))
        {
            return false;
        }

        var timeToLive = heading.TimeToLive ?? DefaultTimeToLive;
        record = new WireRecord(owner[..ownerLength].ToArray(), heading.Type, heading.Class, timeToLive, data);
        return true;
    }
}
