using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary>Whether this system has the calls that <see cref="LibC"/> names, in the shape it expects.</summary>
internal static unsafe class LinuxDatagrams
{
    /// <summary>Gives null when <paramref name="socket"/> can be served in batches, otherwise why not.</summary>
    public static string? WhyNotIn(SafeSocketHandle socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the system is not Linux";
        }

        if (sizeof(SocketMessage) != 56 || sizeof(BatchedMessage) != 64 || sizeof(IoVector) != 16)
        {
            return "the process is not 64-bit";
        }

        try
        {
            return WhyRefused("recvmmsg", LibC.ReceiveMessages(socket, null, 0, LibC.DontWait, null))
                ?? WhyRefused("sendmmsg", LibC.SendMessages(socket, null, 0, LibC.DontWait));
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library that lacks the calls.
            return error.Message;
        }
    }

    /// <summary>An old kernel says it has no such call; a system call filter (seccomp) may say it is not permitted.</summary>
    private static string? WhyRefused(string call, int result) =>
        result < 0 && Marshal.GetLastPInvokeError() is LibC.NotImplemented or LibC.NotPermitted
            ? $"{call} is not available: {Marshal.GetLastPInvokeErrorMessage()}"
            : null;
}
