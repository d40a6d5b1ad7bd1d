using CsCheck;

namespace ClusterDns.Tests.Wire;

/// <summary>Names as octets, of every kind there is.</summary>
internal static class NameGenerators
{
    /// <summary>Any name; most are short, some fill 255 octets.</summary>
    public static readonly Gen<byte[]> Any = Of(Gen.Byte);

    /// <summary>Names without octets over 0x7F, which the second opinion cannot keep.</summary>
    public static readonly Gen<byte[]> Ascii = Of(Gen.Byte[0, 0x7F]);

    private static Gen<byte[]> Of(Gen<byte> octet) =>
        Gen.OneOf(
            octet.Array[1, 8].Array[0, 6],
            octet.Array[1, 63].Array[0, 10],
            octet.Array[1, 1].Array[100, 127]).Select(Join);

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
