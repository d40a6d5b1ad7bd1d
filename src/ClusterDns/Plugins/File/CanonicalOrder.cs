using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>The order of names in a zone (RFC 4034, 6.1): by their labels from the right, what has fewer first.</summary>
internal static class CanonicalOrder
{
    /// <summary>Compares two whole lower-case names; nothing is allocated.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> leftOffsets = stackalloc byte[WireName.MaxLabels];
        Span<byte> rightOffsets = stackalloc byte[WireName.MaxLabels];
        var leftLabels = Cut(left, leftOffsets);
        var rightLabels = Cut(right, rightOffsets);
        for (var i = 1; i <= leftLabels && i <= rightLabels; i++)
        {
            var order = LabelAt(left, leftOffsets[leftLabels - i]).SequenceCompareTo(LabelAt(right, rightOffsets[rightLabels - i]));
            if (order != 0)
            {
                return order;
            }
        }

        return leftLabels - rightLabels;
    }

    private static int Cut(ReadOnlySpan<byte> name, Span<byte> offsets)
    {
        var labels = 0;
        for (var at = 0; name[at] != 0; at += name[at] + 1)
        {
            offsets[labels++] = (byte)at;
        }

        return labels;
    }

    private static ReadOnlySpan<byte> LabelAt(ReadOnlySpan<byte> name, int offset) => name.Slice(offset + 1, name[offset]);
}
