using System.Runtime.InteropServices;

namespace ClusterDns.Transport.Native;

/// <summary><c>struct msghdr</c> of 64-bit Linux (sendmsg(2)): peer, memory, control messages.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SocketMessage
{
    public byte* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public byte* Control;
    public nuint ControlLength;
    public int Flags;
}
