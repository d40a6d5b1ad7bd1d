using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ClusterDns.Transport.Udp;

namespace ClusterDns.Transport.Native;

/// <summary>Sends single datagrams from a chosen address, by sendmsg(2), for replies that missed their batch.</summary>
internal sealed unsafe class DatagramSender(SafeSocketHandle socket) : IDatagramSender
{
    public bool TrySend(ReadOnlySpan<byte> reply, SocketAddress client, ReadOnlySpan<byte> packetInfo)
    {
        fixed (byte* start = reply, name = client.Buffer.Span, control = packetInfo)
        {
            var vector = new IoVector { Start = start, Length = (nuint)reply.Length };
            var message = new SocketMessage
            {
                Name = name,
                NameLength = (uint)client.Size,
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = (nuint)packetInfo.Length,
            };
            return TrySend(&message);
        }
    }

    private bool TrySend(SocketMessage* message)
    {
        while (LibC.SendMessage(socket, message, LibC.DontWait) < 0)
        {
            if (Marshal.GetLastPInvokeError() != LibC.Interrupted)
            {
                return false;
            }
        }

        return true;
    }
}
