using System.Buffers;
using System.Numerics;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// Which records stand in a reply already, so that equal ones are written once: a hash table of offsets into the message,
/// because the message holds everything else. The slices of one Service may overlap while endpoints move between them.
/// </summary>
internal readonly ref struct WrittenRecords
{
    /// <summary>Slots that a caller puts on its stack: enough for half as many records.</summary>
    public const int UsualSlots = 256;

    /// <summary>A reply of 64 KiB has room for 4,095 A records, the smallest we write.</summary>
    private const int MostRecords = 4096;

    private readonly Reply _reply;
    private readonly Span<ushort> _slots;
    private readonly ushort[]? _rented;

    /// <param name="reply">Where records are written.</param>
    /// <param name="usualSlots">Memory of <see cref="UsualSlots"/>, cleared.</param>
    /// <param name="records">How many records may be looked at; of more, so many are told apart as a reply can hold.</param>
    public WrittenRecords(Reply reply, Span<ushort> usualSlots, int records)
    {
        _reply = reply;
        var wanted = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(records, MostRecords) * 2);
        if (wanted > usualSlots.Length)
        {
            _rented = ArrayPool<ushort>.Shared.Rent(wanted);
            usualSlots = _rented.AsSpan(0, wanted);
            usualSlots.Clear();
        }

        _slots = usualSlots;
    }

    /// <summary>
    /// True if no such record was written yet; the caller then writes it next. False as well once the table is full: so
    /// many records do not fit into a reply.
    /// </summary>
    public bool TryAdd<TKey>(scoped in TKey key)
        where TKey : struct, IRecordKey, allows ref struct
    {
        var first = key.Hash;
        for (var probe = 0; probe < _slots.Length; probe++)
        {
            ref var slot = ref _slots[(first + probe) & (_slots.Length - 1)];
            if (slot == 0)
            {
                slot = (ushort)_reply.Length;
                return true;
            }

            // A record that did not fit after all stands nowhere.
            if (slot < _reply.Length && key.IsAt(_reply.Message, slot))
            {
                return false;
            }
        }

        return false;
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<ushort>.Shared.Return(_rented);
        }
    }
}
