using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary><c>struct mmsghdr</c>: one message of a batch and, once it has travelled, its octets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BatchedMessage
{
    public SocketMessage Message;
    public uint Length;
}
