using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>
/// madvise(2) for <see cref="CodePages"/>; recvmmsg(2), sendmmsg(2) and sendmsg(2): many datagrams for one system call, and the address each was sent to, which
/// no allocation-free method of <see cref="Socket"/> tells. <see cref="Udp.ManagedUdpWorker"/> is the way without them.
/// </summary>
internal static unsafe partial class LibC
{
    /// <summary>Return what is there, never wait.</summary>
    public const int DontWait = 0x40;

    /// <summary>Wait for the first message of a batch only.</summary>
    public const int WaitForOne = 0x10000;

    /// <summary>On a received message: it was longer than the memory for it.</summary>
    public const int Truncated = 0x20;

    /// <summary>On a received message: its control messages were longer than the memory for them.</summary>
    public const int ControlTruncated = 0x08;

    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int NotImplemented = 38;
    public const int NotPermitted = 1;
    public const int ConnectionRefused = 111;

    /// <summary>MADV_DONTNEED of madvise(2).</summary>
    public const int NotNeeded = 4;

    [LibraryImport("libc", EntryPoint = "madvise")]
    public static partial int Advise(nuint start, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMessages(
        SafeSocketHandle socket,
        BatchedMessage* messages,
        uint count,
        int flags,
        void* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMessages(SafeSocketHandle socket, BatchedMessage* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(SafeSocketHandle socket, SocketMessage* message, int flags);
}
