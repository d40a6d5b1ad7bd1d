using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>Names in records: absolute, whether or not they end in a dot.</summary>
internal static class NameText
{
    /// <param name="word">The word; <c>@</c> is the root.</param>
    /// <param name="destination">255 octets.</param>
    /// <param name="length">Octets written.</param>
    public static bool TryRead(RecordWord word, Span<byte> destination, out int length)
    {
        if (word is { Text: "@", IsQuoted: false })
        {
            WireName.Root.CopyTo(destination);
            length = WireName.Root.Length;
            return true;
        }

        return WireName.TryParse(word.Text, destination, out length);
    }
}
