namespace ClusterDns.Wire;

/// <summary>
/// The name a query asks for, folded to lower case and cut into labels. One instance serves many queries in turn; spans
/// taken from it are good until the next <see cref="TrySet"/>. Before the first it is the root.
/// </summary>
public sealed class QuestionName
{
    private readonly byte[] _wire = new byte[WireName.MaxLength];
    private readonly byte[] _labelOffsets = new byte[WireName.MaxLabels + 1];

    /// <summary>Octets, root included; 1 to 255.</summary>
    public int Length { get; private set; } = 1;

    /// <summary>Labels, root not counted; 0 to 127.</summary>
    public int LabelCount { get; private set; }

    /// <summary>The whole name in lower case.</summary>
    public ReadOnlySpan<byte> Wire => _wire.AsSpan(0, Length);

    /// <summary>Where label <paramref name="index"/> (0 is leftmost) begins; the root's offset for <see cref="LabelCount"/>.</summary>
    public int OffsetOf(int index) => _labelOffsets[index];

    /// <summary>One label without its length octet, in lower case; 0 is leftmost.</summary>
    public ReadOnlySpan<byte> Label(int index)
    {
        var offset = _labelOffsets[index];
        return _wire.AsSpan(offset + 1, _wire[offset]);
    }

    /// <summary>The name without its first <paramref name="index"/> labels.</summary>
    public ReadOnlySpan<byte> From(int index) => _wire.AsSpan(_labelOffsets[index], Length - _labelOffsets[index]);

    /// <summary>Whether the name is <paramref name="zone"/> or below it.</summary>
    public bool IsAtOrBelow(DnsName zone) =>
        zone.LabelCount <= LabelCount && From(LabelCount - zone.LabelCount).SequenceEqual(zone.Wire);

    /// <summary>
    /// Reads the uncompressed name at the front of <paramref name="source"/>. False if it is cut short, over 255 octets,
    /// or holds anything but plain labels: nothing stands before the question that a pointer could lead to. This is the
    /// root then.
    /// </summary>
    public bool TrySet(ReadOnlySpan<byte> source)
    {
        if (!TryCut(source))
        {
            _wire[0] = 0;
            _labelOffsets[0] = 0;
            Length = 1;
            LabelCount = 0;
            return false;
        }

        WireName.ToLower(source[..Length], _wire);
        return true;
    }

    private bool TryCut(ReadOnlySpan<byte> source)
    {
        source = source.Length > WireName.MaxLength ? source[..WireName.MaxLength] : source;
        var at = 0;
        var labels = 0;
        while ((uint)at < (uint)source.Length)
        {
            var size = source[at];
            _labelOffsets[labels] = (byte)at;
            if (size == 0)
            {
                Length = at + 1;
                LabelCount = labels;
                return true;
            }

            if (size > WireName.MaxLabelLength)
            {
                return false;
            }

            labels++;
            at += size + 1;
        }

        return false;
    }
}
