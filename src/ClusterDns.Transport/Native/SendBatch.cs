using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Native;

/// <summary>
/// Replies waiting for one sendmmsg(2), one behind the other in one pinned arena. A queued reply points to its query's
/// peer and control message in the <see cref="ReceiveBatch"/>, so it must leave before that receives again.
/// </summary>
internal sealed unsafe class SendBatch
{
    /// <summary>Room for the largest message there is, behind as many octets of smaller ones.</summary>
    private const int ArenaSize = 2 * MessageHeader.MaxMessageSize;

    private readonly BatchedMessage[] _messages;
    private readonly IoVector[] _vectors;
    private readonly byte[] _arena;
    private int _used;

    public SendBatch(int slots)
    {
        _messages = GC.AllocateArray<BatchedMessage>(slots, pinned: true);
        _vectors = GC.AllocateArray<IoVector>(slots, pinned: true);
        _arena = GC.AllocateUninitializedArray<byte>(ArenaSize, pinned: true);
        for (var slot = 0; slot < slots; slot++)
        {
            ref var message = ref _messages[slot].Message;
            message.Vectors = (IoVector*)Unsafe.AsPointer(ref _vectors[slot]);
            message.VectorCount = 1;
        }
    }

    public int Count { get; private set; }

    /// <summary>Whether one more reply of any size fits; otherwise <see cref="Flush"/> comes first.</summary>
    public bool HasRoom => Count < _messages.Length && ArenaSize - _used >= MessageHeader.MaxMessageSize;

    /// <summary>Memory of the next reply. Good only while <see cref="HasRoom"/>.</summary>
    public Span<byte> Room(int size) => _arena.AsSpan(_used, size);

    /// <summary>Queues the first <paramref name="length"/> octets of <see cref="Room"/> as the reply to a received packet.</summary>
    public void Add(int length, ReceiveBatch received, int slot)
    {
        var name = received.Name(slot);
        var control = received.Control(slot);
        PacketInfo.PrepareReply(control);

        ref var message = ref _messages[Count].Message;
        message.Name = Address(name);
        message.NameLength = (uint)name.Length;
        message.Control = control.IsEmpty ? null : Address(control);
        message.ControlLength = (nuint)control.Length;
        _vectors[Count].Start = Address(_arena.AsSpan(_used, length));
        _vectors[Count].Length = (nuint)length;
        _used += length;
        Count++;
    }

    /// <summary>Sends everything queued; a message that the system refuses is skipped. Gives how many were sent.</summary>
    public int Flush(SafeSocketHandle socket)
    {
        var sent = 0;
        var next = 0;
        while (next < Count)
        {
            var messages = (BatchedMessage*)Unsafe.AsPointer(ref _messages[next]);
            var done = LibC.SendMessages(socket, messages, (uint)(Count - next), 0);
            if (done > 0)
            {
                sent += done;
                next += done;
            }
            else
            {
                next = AfterFailure(next, Marshal.GetLastPInvokeError());
            }
        }

        Count = 0;
        _used = 0;
        return sent;
    }

    private int AfterFailure(int failed, int error) => error switch
    {
        LibC.Interrupted => failed,

        // The send buffer stayed full for the socket's whole send timeout: the rest would only wait as long.
        LibC.TryAgain => Count,

        // No route, a client's port 0, larger than a datagram can be: the others do not suffer for it.
        _ => failed + 1,
    };

    private static byte* Address(Span<byte> pinned) =>
        (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(pinned));
}
