using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>
/// A program by which the system chooses what reaches a socket. It is of the old kind (BPF before eBPF), which needs no
/// rights.
/// </summary>
internal static unsafe class SocketFilter
{
    private const int SocketLevel = 1;
    private const int AttachFilterOption = 26;
    private const int DetachFilterOption = 27;

    /// <summary>Replaces the socket's filter, if it has one. False where the system does not know how.</summary>
    public static bool TryAttach(Socket socket, ReadOnlySpan<FilterInstruction> instructions)
    {
        if (!OperatingSystem.IsLinux() || sizeof(nint) != sizeof(long))
        {
            return false;
        }

        fixed (FilterInstruction* first = instructions)
        {
            var program = new FilterProgram((ushort)instructions.Length, first);
            return TrySet(socket, AttachFilterOption, new ReadOnlySpan<byte>(&program, sizeof(FilterProgram)));
        }
    }

    public static void Detach(Socket socket)
    {
        var nothing = 0;
        TrySet(socket, DetachFilterOption, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in nothing)));
    }

    private static bool TrySet(Socket socket, int option, ReadOnlySpan<byte> value)
    {
        try
        {
            socket.SetRawSocketOption(SocketLevel, option, value);
            return true;
        }
        catch (SocketException)
        {
            // A kernel or a system call filter without it, or nothing to take away.
            return false;
        }
    }

    /// <summary>sock_fprog of linux/filter.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct FilterProgram(ushort length, FilterInstruction* first)
    {
        public readonly ushort Length = length;
        public readonly FilterInstruction* First = first;
    }
}
