using System.Runtime.InteropServices;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>
/// Neighbouring A or AAAA records of one owner in a finished message. Their order is changed by exchanging TTL and rdata
/// only: owners may be pointed at by later names, addresses never are.
/// </summary>
internal struct AddressRun
{
    /// <summary>TTL and RDLENGTH; the latter is the same in all records of a run.</summary>
    private const int FixedOctets = 6;

    private RecordView _first;
    private int _second;
    private int _stride;

    public int Count { get; private set; }

    /// <summary>Octets that change places.</summary>
    public readonly int BodyOctets => FixedOctets + _first.DataLength;

    /// <summary>Where the owner of the first record stands.</summary>
    public readonly int OwnerOffset => _first.Offset;

    /// <summary>A run of this record and those that repeat it, or an empty one if it holds no address.</summary>
    public static AddressRun Begin(in RecordView record, int repeats) =>
        record is { Type: RecordType.A, DataLength: 4 } or { Type: RecordType.AAAA, DataLength: 16 }
            ? new AddressRun
            {
                _first = record,
                _second = record.TimeToLiveOffset + record.End - record.Offset,
                _stride = record.End - record.Offset,
                Count = 1 + repeats,
            }
            : default;

    /// <summary>Takes the next record in if it belongs to the run.</summary>
    public bool TryExtend(ReadOnlySpan<byte> message, in RecordView record)
    {
        if (Count == 0
            || record.Type != _first.Type
            || record.Class != _first.Class
            || record.Section != _first.Section
            || record.DataLength != _first.DataLength
            || !CompressedName.AreEqual(message, _first.Offset, record.Offset))
        {
            return false;
        }

        // The first owner may be written out and the others point at it; from the second record on all are alike.
        var offset = record.TimeToLiveOffset;
        if (Count == 1)
        {
            _second = offset;
        }
        else if (Count == 2)
        {
            _stride = offset - _second;
        }
        else if (offset != At(Count))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <summary>Where the part of record <paramref name="index"/> begins that changes places.</summary>
    public readonly int At(int index) =>
        index == 0 ? _first.TimeToLiveOffset : _second + ((index - 1) * _stride);

    public readonly NetworkAddress Address(ReadOnlySpan<byte> message, int index) =>
        NetworkAddress.FromOctets(message.Slice(At(index) + FixedOctets, _first.DataLength));

    public readonly void Exchange(Span<byte> message, int left, int right)
    {
        if (left == right)
        {
            return;
        }

        var one = message.Slice(At(left), BodyOctets);
        var other = message.Slice(At(right), BodyOctets);
        var time = MemoryMarshal.Read<uint>(one);
        MemoryMarshal.Write(one, MemoryMarshal.Read<uint>(other));
        MemoryMarshal.Write(other, time);
        for (var at = FixedOctets; at < one.Length; at += sizeof(uint))
        {
            var octets = MemoryMarshal.Read<uint>(one[at..]);
            MemoryMarshal.Write(one[at..], MemoryMarshal.Read<uint>(other[at..]));
            MemoryMarshal.Write(other[at..], octets);
        }
    }
}
