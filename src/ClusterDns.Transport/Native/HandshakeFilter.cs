using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>
/// Makes a listening socket deaf to new handshakes and lets those under way come to their end. The client's system knocks
/// again after a second; by then the socket is closed and another one that shares its port opens.
/// </summary>
internal static unsafe class HandshakeFilter
{
    private const int SocketLevel = 1;
    private const int AttachFilterOption = 26;

    /// <summary>Where a TCP header has its flags (RFC 9293, 3.1), and two of them.</summary>
    private const uint FlagsOffset = 13;
    private const uint Syn = 0x02;
    private const uint SynAndAck = 0x12;

    /// <summary>
    /// A filter of the old kind (BPF before eBPF), which needs no rights. On a listening socket it sees each segment from
    /// its TCP header on; accepted sockets inherit it and get no segments that it drops.
    /// </summary>
    private static readonly Instruction[] Program =
    [
        new(0x30, 0, 0, FlagsOffset), // load the octet of the flags
        new(0x54, 0, 0, SynAndAck), // keep these two
        new(0x15, 0, 1, Syn), // a first SYN: on; anything else: over the next one
        new(0x06, 0, 0, 0), // drop
        new(0x06, 0, 0, uint.MaxValue), // take
    ];

    /// <summary>False where the system does not know how.</summary>
    public static bool TryAttach(Socket socket)
    {
        if (!OperatingSystem.IsLinux() || sizeof(nint) != sizeof(long))
        {
            return false;
        }

        try
        {
            fixed (Instruction* first = Program)
            {
                var program = new FilterProgram((ushort)Program.Length, first);
                socket.SetRawSocketOption(
                    SocketLevel, AttachFilterOption, new ReadOnlySpan<byte>(&program, sizeof(FilterProgram)));
                return true;
            }
        }
        catch (SocketException)
        {
            // A kernel or a system call filter without it: the listener closes as well as it can.
            return false;
        }
    }

    /// <summary>sock_filter of linux/filter.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, byte ifTrue, byte ifFalse, uint operand)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Operand = operand;
    }

    /// <summary>sock_fprog of linux/filter.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct FilterProgram(ushort length, Instruction* first)
    {
        public readonly ushort Length = length;
        public readonly Instruction* First = first;
    }
}
