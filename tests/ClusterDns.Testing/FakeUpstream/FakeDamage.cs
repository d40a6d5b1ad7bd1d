using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>What may be wrong with a reply; each gives a changed copy.</summary>
internal static class FakeDamage
{
    /// <summary>Another id, as a forger guesses one: the true one plus <paramref name="by"/>, which is not a multiple of 65,536.</summary>
    public static byte[] OtherId(this byte[] reply, int by = 1) => reply.WithId((ushort)(MessageHeader.Id(reply) + by));

    /// <summary>This id.</summary>
    public static byte[] WithId(this byte[] message, ushort id)
    {
        byte[] copy = [.. message];
        copy[0] = (byte)(id >> 8);
        copy[1] = (byte)id;
        return copy;
    }

    /// <summary>The question asks for another name of the same length.</summary>
    public static byte[] OtherName(this byte[] reply) => With(reply, MessageHeader.Size + 1, octet => (byte)(octet ^ 1));

    /// <summary>The question asks for another type.</summary>
    public static byte[] OtherType(this byte[] reply) => With(reply, QuestionEnd(reply) - 3, octet => (byte)(octet ^ 1));

    /// <summary>The question asks for another class.</summary>
    public static byte[] OtherClass(this byte[] reply) => With(reply, QuestionEnd(reply) - 1, octet => (byte)(octet ^ 2));

    /// <summary>The question's name in capitals.</summary>
    public static byte[] Shouting(this byte[] reply)
    {
        byte[] copy = [.. reply];
        foreach (ref var octet in copy.AsSpan(MessageHeader.Size, QuestionEnd(reply) - MessageHeader.Size - MessageHeader.QuestionFixedPart))
        {
            octet = octet is >= (byte)'a' and <= (byte)'z' ? (byte)(octet & ~0x20) : octet;
        }

        return copy;
    }

    /// <summary>Header only.</summary>
    public static byte[] WithoutQuestion(this byte[] reply) =>
        [.. reply[..4], 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>QR is not set.</summary>
    public static byte[] AsQuery(this byte[] reply) => With(reply, 2, octet => (byte)(octet & 0x7F));

    /// <summary>Opcode NOTIFY.</summary>
    public static byte[] AsNotify(this byte[] reply) => With(reply, 2, octet => (byte)(octet | 0x20));

    /// <summary>Without its last octets.</summary>
    public static byte[] CutBy(this byte[] reply, int octets) => reply[..^octets];

    /// <summary>A record more, so that the reply is this long.</summary>
    /// <param name="reply">A reply with answers only, or none.</param>
    /// <param name="size">Octets, at least 11 more than now.</param>
    public static byte[] Enlarged(this byte[] reply, int size)
    {
        const int RecordHeader = 11;
        const int TypeOctet = 2;
        var larger = new byte[size];
        reply.CopyTo(larger, 0);
        var record = larger.AsSpan(reply.Length);
        record[TypeOctet] = 0xFF;
        record[TypeOctet + 2] = 1;
        var length = record.Length - RecordHeader;
        record[RecordHeader - 2] = (byte)(length >> 8);
        record[RecordHeader - 1] = (byte)length;
        larger[11]++;
        return larger;
    }

    private static byte[] With(byte[] reply, int offset, Func<byte, byte> change)
    {
        byte[] copy = [.. reply];
        copy[offset] = change(copy[offset]);
        return copy;
    }

    private static int QuestionEnd(byte[] reply)
    {
        WireName.TryMeasure(reply.AsSpan(MessageHeader.Size), out var length);
        return MessageHeader.Size + length + MessageHeader.QuestionFixedPart;
    }
}
