using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ClusterDns.Records;

/// <summary>RDATA as bare octets: <c>\# LENGTH HEX...</c> (RFC 3597, 5).</summary>
internal static class GenericDataText
{
    private const string Mark = @"\#";

    public static bool IsGeneric(IReadOnlyList<RecordWord> words, int start) =>
        start < words.Count && words[start] is { Text: Mark, IsQuoted: false };

    /// <param name="words">The whole record.</param>
    /// <param name="start">The word behind the mark.</param>
    /// <param name="data">The octets.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(
        IReadOnlyList<RecordWord> words,
        int start,
        [NotNullWhen(true)] out byte[]? data,
        [NotNullWhen(false)] out string? error)
    {
        data = null;
        if (start >= words.Count
            || !ushort.TryParse(words[start].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            error = @"\# needs the number of octets behind it";
            return false;
        }

        var hex = string.Concat(words.Skip(start + 1).Select(word => word.Text));
        if (hex.Length != length * 2)
        {
            error = $@"\# {length} needs {length * 2} hexadecimal digits and has {hex.Length}";
            return false;
        }

        if (hex.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF"))
        {
            error = @"what follows \# is not hexadecimal";
            return false;
        }

        data = Convert.FromHexString(hex);
        error = null;
        return true;
    }

    public static string Format(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? $"{Mark} 0" : $"{Mark} {data.Length} {Convert.ToHexString(data)}";
}
