using CsCheck;

namespace ClusterDns.Tests.Wire;

/// <summary>Names as octets, of every kind there is.</summary>
internal static class NameGenerators
{
    /// <summary>Any name; most are short, some fill 255 octets or have 127 labels.</summary>
    public static readonly Gen<byte[]> Any = Of(Gen.Byte, mostLabels: 127);

    /// <summary>
    /// Names that the second opinion can read: no octets over 0x7F, which it does not keep, and no more labels and
    /// pointers than the 127 steps it takes.
    /// </summary>
    public static readonly Gen<byte[]> Ascii = Of(Gen.Byte[0, 0x7F], mostLabels: 120);

    private static Gen<byte[]> Of(Gen<byte> octet, int mostLabels) =>
        Gen.OneOf(
            octet.Array[1, 8].Array[0, 6],
            octet.Array[1, 63].Array[0, 10],
            octet.Array[1, 1].Array[100, mostLabels]).Select(Join);

    private static byte[] Join(byte[][] labels)
    {
        var name = new List<byte>();
        foreach (var label in labels)
        {
            var size = Math.Min(label.Length, 253 - name.Count);
            if (size > 0)
            {
                name.Add((byte)size);
                name.AddRange(label[..size]);
            }
        }

        return [.. name, 0];
    }
}
