using System.Buffers.Binary;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>The network that the client is in (RFC 7871, 6).</summary>
internal sealed class SubnetData(int bitsOfIPv4, int bitsOfIPv6) : OptionData
{
    private const int HeaderSize = 4;
    private const int FamilyIPv4 = 1;
    private const int FamilyIPv6 = 2;

    public override int Write(QuestionDraft question, Span<byte> destination)
    {
        var client = question.Query.Client;
        var bits = client.IsIPv4 ? bitsOfIPv4 : bitsOfIPv6;
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)(client.IsIPv4 ? FamilyIPv4 : FamilyIPv6));
        destination[2] = (byte)bits;
        destination[3] = 0;

        // Whole octets that hold the network's bits; what is behind them in the last one is zero.
        var address = destination[HeaderSize..];
        client.WriteAddress(address);
        var octets = (bits + 7) / 8;
        if (bits % 8 != 0)
        {
            address[octets - 1] &= (byte)(0xFF << (8 - (bits % 8)));
        }

        return HeaderSize + octets;
    }
}
