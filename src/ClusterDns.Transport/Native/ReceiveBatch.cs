using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>
/// Pinned memory for one recvmmsg(2) and what it brought. Everything is allocated once; a slot's packet, peer and control
/// message stay until the next <see cref="Receive"/>.
/// </summary>
internal sealed unsafe class ReceiveBatch
{
    private const int NameStride = 32;
    private const int ControlStride = 48;

    /// <summary>Keeps the packets of a batch out of each other's cache sets, which a stride of whole pages would share.</summary>
    private const int PacketPadding = 64;

    private readonly BatchedMessage[] _messages;
    private readonly IoVector[] _vectors;
    private readonly byte[] _names;
    private readonly byte[] _controls;
    private readonly byte[] _packets;
    private readonly int _packetStride;
    private int _used;

    /// <param name="slots">Most packets of one call.</param>
    /// <param name="packetSize">Largest packet in octets; a longer one arrives cut.</param>
    /// <param name="wantsPacketInfo">Whether the socket tells which address was asked.</param>
    public ReceiveBatch(int slots, int packetSize, bool wantsPacketInfo)
    {
        _packetStride = packetSize + PacketPadding;
        _messages = GC.AllocateArray<BatchedMessage>(slots, pinned: true);
        _vectors = GC.AllocateArray<IoVector>(slots, pinned: true);
        _names = GC.AllocateArray<byte>(slots * NameStride, pinned: true);
        _controls = GC.AllocateArray<byte>(slots * ControlStride, pinned: true);
        _packets = GC.AllocateUninitializedArray<byte>(slots * _packetStride, pinned: true);
        for (var slot = 0; slot < slots; slot++)
        {
            _vectors[slot].Start = Address(_packets) + (slot * _packetStride);
            _vectors[slot].Length = (nuint)packetSize;
            ref var message = ref _messages[slot].Message;
            message.Name = Address(_names) + (slot * NameStride);
            message.Vectors = (IoVector*)Unsafe.AsPointer(ref _vectors[slot]);
            message.VectorCount = 1;
            message.Control = wantsPacketInfo ? Address(_controls) + (slot * ControlStride) : null;
        }

        _used = slots;
    }

    /// <summary>
    /// Receives what is there, after waiting for the first packet if <paramref name="wait"/> is set (as long as the
    /// socket's receive timeout). Gives the number of packets, or a negative errno.
    /// </summary>
    public int Receive(SafeSocketHandle socket, bool wait)
    {
        Rearm();
        var flags = wait ? LibC.WaitForOne : LibC.DontWait;
        var messages = (BatchedMessage*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_messages));
        var count = LibC.ReceiveMessages(socket, messages, (uint)_messages.Length, flags, null);
        _used = Math.Max(count, 0);
        return count < 0 ? -Marshal.GetLastPInvokeError() : count;
    }

    public ReadOnlySpan<byte> Packet(int slot) => _packets.AsSpan(slot * _packetStride, (int)_messages[slot].Length);

    /// <summary>Whether the packet was longer than its slot: what is there is not the whole of it.</summary>
    public bool IsCut(int slot) => (_messages[slot].Message.Flags & LibC.Truncated) != 0;

    /// <summary>The sender's socket address, as the system writes it.</summary>
    public Span<byte> Name(int slot) => _names.AsSpan(slot * NameStride, (int)_messages[slot].Message.NameLength);

    /// <summary>The packet info message; empty when the socket gives none.</summary>
    public Span<byte> Control(int slot)
    {
        ref readonly var message = ref _messages[slot].Message;
        var length = (message.Flags & LibC.ControlTruncated) == 0 ? (int)message.ControlLength : 0;
        return _controls.AsSpan(slot * ControlStride, length);
    }

    /// <summary>The system call overwrites lengths and flags; only slots that it used need them back.</summary>
    private void Rearm()
    {
        for (var slot = 0; slot < _used; slot++)
        {
            ref var message = ref _messages[slot].Message;
            message.NameLength = SocketAddressReader.Capacity;
            message.ControlLength = message.Control == null ? 0u : PacketInfo.Capacity;
            message.Flags = 0;
        }
    }

    private static byte* Address(byte[] pinned) =>
        (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
