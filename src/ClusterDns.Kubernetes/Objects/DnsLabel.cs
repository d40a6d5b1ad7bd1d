using System.Buffers;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>
/// The names that Kubernetes gives to what has a DNS name: one label of lower-case letters, digits and hyphens, neither
/// first nor last octet a hyphen (RFC 1123, 2.1). Anything else never leaves an API server, but may stand in a manifest.
/// </summary>
internal static class DnsLabel
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= WireName.MaxLabelLength
        && !text.ContainsAnyExcept(Allowed)
        && text[0] != '-'
        && text[^1] != '-';

    /// <summary>Writes the label without length octet into <paramref name="destination"/> (63 octets); false if it is none.</summary>
    public static bool TryEncode(ReadOnlySpan<char> text, Span<byte> destination, out int length)
    {
        length = 0;
        if (!IsValid(text))
        {
            return false;
        }

        for (; length < text.Length; length++)
        {
            destination[length] = (byte)text[length];
        }

        return true;
    }
}
