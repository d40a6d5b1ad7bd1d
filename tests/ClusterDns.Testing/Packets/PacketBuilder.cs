using System.Buffers.Binary;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Packets;

/// <summary>
/// Packets octet by octet, right or wrong; it shares no code with the writer under test. Counts in the header follow what
/// was added, unless <see cref="WithCounts"/> says otherwise.
/// </summary>
internal sealed class PacketBuilder
{
    public const ushort Id = 0x1234;

    private readonly List<byte> _octets = [];
    private readonly int[] _counts = new int[4];

    public PacketBuilder(ushort flags = MessageHeader.RecursionDesiredFlag)
    {
        UInt16(Id).UInt16(flags).Octets(0, 0, 0, 0, 0, 0, 0, 0);
    }

    public int Length => _octets.Count;

    public PacketBuilder Octets(params ReadOnlySpan<byte> octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    public PacketBuilder UInt16(int value) => Octets((byte)(value >> 8), (byte)value);

    public PacketBuilder UInt32(uint value) => UInt16((int)(value >> 16)).UInt16((int)(value & 0xFFFF));

    /// <summary>A name without pointers; text without final dot gets no root octet, so that a pointer can follow.</summary>
    public PacketBuilder Name(string text)
    {
        foreach (var label in text.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            Octets((byte)label.Length).Octets([.. label.Select(character => (byte)character)]);
        }

        return text.EndsWith('.') ? Octets(0) : this;
    }

    public PacketBuilder Pointer(int offset) => UInt16(0xC000 | offset);

    public PacketBuilder Question(string name, RecordType type = RecordType.A, RecordClass recordClass = RecordClass.IN)
    {
        _counts[0]++;
        return Name(name).UInt16((int)type).UInt16((int)recordClass);
    }

    /// <summary>A record in class IN; its owner was written just before.</summary>
    public PacketBuilder Record(
        Section section,
        RecordType type,
        uint timeToLive,
        ReadOnlySpan<byte> data,
        RecordClass recordClass = RecordClass.IN)
    {
        _counts[1 + (int)section]++;
        return UInt16((int)type).UInt16((int)recordClass).UInt32(timeToLive).UInt16(data.Length).Octets(data);
    }

    /// <summary>An OPT record. <paramref name="field"/>: extended rcode, version, DO and Z, where other records have the TTL.</summary>
    public PacketBuilder Opt(int size = 1232, uint field = 0, params ReadOnlySpan<byte> options) =>
        Octets(0).Record(Section.Additional, RecordType.OPT, field, options, (RecordClass)size);

    public PacketBuilder WithCounts(int questions, int answers, int authorities, int additionals)
    {
        new[] { questions, answers, authorities, additionals }.CopyTo(_counts, 0);
        return this;
    }

    public byte[] ToArray()
    {
        byte[] packet = [.. _octets];
        for (var i = 0; i < _counts.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4 + (2 * i)), (ushort)_counts[i]);
        }

        return packet;
    }
}
