using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>The twelve octets in front of every message (RFC 1035, 4.1.1).</summary>
public static class MessageHeader
{
    /// <summary>Octets of the header.</summary>
    public const int Size = 12;

    /// <summary>Octets of a question behind its name: QTYPE and QCLASS.</summary>
    public const int QuestionFixedPart = 4;

    /// <summary>Largest message there is: the length prefix over TCP has 16 bits (RFC 1035, 4.2.2).</summary>
    public const int MaxMessageSize = ushort.MaxValue;

    /// <summary>What a client without EDNS takes over UDP (RFC 1035, 2.3.4).</summary>
    public const int MinUdpPayloadSize = 512;

    /// <summary>What a datagram over IPv4 has room for, whatever a client says: 65,535 octets less both headers (RFC 768).</summary>
    public const int MaxUdpPayloadSize = ushort.MaxValue - 20 - 8;

    /// <summary>Largest rcode that needs no OPT record.</summary>
    public const ResponseCode MaxHeaderCode = (ResponseCode)0x000F;

    public const ushort ResponseFlag = 0x8000;
    public const ushort AuthoritativeFlag = 0x0400;
    public const ushort TruncatedFlag = 0x0200;
    public const ushort RecursionDesiredFlag = 0x0100;
    public const ushort RecursionAvailableFlag = 0x0080;
    public const ushort AuthenticDataFlag = 0x0020;
    public const ushort CheckingDisabledFlag = 0x0010;

    private const int OpcodeShift = 11;
    private const ushort OpcodeMask = 0x7800;
    private const ushort ResponseCodeMask = (ushort)MaxHeaderCode;

    public static ushort Id(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message);

    public static ushort Flags(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message[2..]);

    public static ushort QuestionCount(ReadOnlySpan<byte> message) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[4..]);

    public static ushort AnswerCount(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16BigEndian(message[6..]);

    public static ushort AuthorityCount(ReadOnlySpan<byte> message) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[8..]);

    public static ushort AdditionalCount(ReadOnlySpan<byte> message) =>
        BinaryPrimitives.ReadUInt16BigEndian(message[10..]);

    public static Opcode OpcodeOf(ushort flags) => (Opcode)((flags & OpcodeMask) >> OpcodeShift);

    /// <summary>The four bits in the header; an OPT record may carry eight more.</summary>
    public static ResponseCode ResponseCodeOf(ushort flags) => (ResponseCode)(flags & ResponseCodeMask);

    public static ushort WithOpcode(Opcode opcode) => (ushort)((byte)opcode << OpcodeShift);

    public static ushort WithResponseCode(ResponseCode code) => (ushort)((ushort)code & ResponseCodeMask);

    /// <summary>Writes all six fields. <paramref name="destination"/> holds at least <see cref="Size"/> octets.</summary>
    public static void Write(
        Span<byte> destination,
        ushort id,
        ushort flags,
        int questions,
        int answers,
        int authorities,
        int additionals)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], (ushort)additionals);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], (ushort)authorities);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], (ushort)answers);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], (ushort)questions);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination, id);
    }
}
