using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>Names in records: absolute with a final dot, else what they say in front of an origin.</summary>
internal static class NameText
{
    /// <param name="word">The word; <c>@</c> is the origin.</param>
    /// <param name="origin">A whole name.</param>
    /// <param name="destination">255 octets.</param>
    /// <param name="length">Octets written.</param>
    public static bool TryRead(RecordWord word, ReadOnlySpan<byte> origin, Span<byte> destination, out int length)
    {
        if (word is { Text: "@", IsQuoted: false })
        {
            origin.CopyTo(destination);
            length = origin.Length;
            return true;
        }

        if (!WireName.TryParse(word.Text, destination, out length))
        {
            return false;
        }

        if (IsAbsolute(word.Text))
        {
            return true;
        }

        // The origin takes the place of the root octet.
        var labels = length - WireName.Root.Length;
        length = labels + origin.Length;
        if (length > WireName.MaxLength)
        {
            return false;
        }

        origin.CopyTo(destination[labels..]);
        return true;
    }

    // An escaped dot belongs to the label: it has an odd number of backslashes in front.
    private static bool IsAbsolute(string text)
    {
        var backslashes = 0;
        while (backslashes + 1 < text.Length && text[^(backslashes + 2)] == '\\')
        {
            backslashes++;
        }

        return text.EndsWith('.') && backslashes % 2 == 0;
    }
}
