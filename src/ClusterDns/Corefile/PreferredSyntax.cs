using System.Buffers;
using ClusterDns.Wire;

namespace ClusterDns.Corefile;

/// <summary>What RFC 1035, 2.3.1 prefers: labels of letters, digits and hyphens that begin with a letter.</summary>
internal static class PreferredSyntax
{
    private static readonly SearchValues<byte> LabelOctets =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);

    private static readonly DnsName[] ReverseTrees = [DnsName.Parse("in-addr.arpa"), DnsName.Parse("ip6.arpa")];

    /// <summary>True for the root and for reverse zones too, of which nobody needs to be warned.</summary>
    public static bool IsFollowedBy(DnsName zone) =>
        ReverseTrees.Any(zone.IsAtOrBelow) || HasPreferredLabels(zone.Wire);

    private static bool HasPreferredLabels(ReadOnlySpan<byte> lowerCaseName)
    {
        var rest = lowerCaseName;
        while (rest[0] != 0)
        {
            var label = rest.Slice(1, rest[0]);
            if (!char.IsAsciiLetter((char)label[0]) || label[^1] == '-' || label.ContainsAnyExcept(LabelOctets))
            {
                return false;
            }

            rest = rest[(label.Length + 1)..];
        }

        return true;
    }
}
