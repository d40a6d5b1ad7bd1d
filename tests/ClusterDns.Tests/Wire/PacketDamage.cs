using CsCheck;

namespace ClusterDns.Tests.Wire;

/// <summary>What goes wrong with a packet: octets overwritten, some of them with what means something, an end lost or added.</summary>
internal sealed record PacketDamage((double Place, byte Octet)[] Writes, double Kept, byte[] Added)
{
    private static readonly Gen<byte> Octet =
        Gen.OneOf(Gen.Byte, Gen.OneOf(new byte[] { 0, 1, 2, 12, 41, 63, 64, 127, 128, 191, 192, 255 }.Select(octet => Gen.Const(octet)).ToArray()));

    public static readonly Gen<PacketDamage> Any =
        Gen.Select(
            Gen.Select(Gen.Double[0, 1], Octet).Array[0, 4],
            Gen.OneOf(Gen.Const(1.0), Gen.Double[0, 1]),
            Gen.OneOf(Gen.Const(Array.Empty<byte>()), Gen.Byte.Array[0, 20]),
            (writes, kept, added) => new PacketDamage(writes, kept, added));

    public byte[] Apply(byte[] packet)
    {
        byte[] damaged = [.. packet[..(int)(packet.Length * Kept)], .. Added];
        foreach (var (place, octet) in Writes)
        {
            if (damaged.Length > 0)
            {
                damaged[(int)(place * (damaged.Length - 1))] = octet;
            }
        }

        return damaged;
    }
}
