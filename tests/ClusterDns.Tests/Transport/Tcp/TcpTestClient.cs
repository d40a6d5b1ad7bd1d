using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>A client that frames messages, or sends whatever octets a test wants.</summary>
internal sealed class TcpTestClient : IDisposable
{
    private readonly Socket _socket;

    /// <param name="server">Where to connect.</param>
    /// <param name="local">The address to come from; the system chooses without.</param>
    /// <param name="receiveBufferSize">Octets that the client's system takes from a server whose client does not read.</param>
    public TcpTestClient(IPEndPoint server, IPAddress? local = null, int? receiveBufferSize = null)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.ReceiveTimeout = (int)Eventually.Patience.TotalMilliseconds;
        _socket.SendTimeout = (int)Eventually.Patience.TotalMilliseconds;
        if (receiveBufferSize is { } size)
        {
            _socket.ReceiveBufferSize = size;
        }

        if (local is not null)
        {
            _socket.Bind(new IPEndPoint(local, 0));
        }

        _socket.Connect(server);
    }

    public IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    public static byte[] Frame(ReadOnlySpan<byte> message)
    {
        var framed = new byte[2 + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)message.Length);
        message.CopyTo(framed.AsSpan(2));
        return framed;
    }

    public void SendOctets(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[_socket.Send(octets)..];
        }
    }

    public void Send(ReadOnlySpan<byte> message) => SendOctets(Frame(message));

    /// <summary>Sends until the server's and our own system take no more; gives the number of messages that left whole.</summary>
    public int SendUntilStuck(ReadOnlySpan<byte> message, int most)
    {
        var framed = Frame(message);
        for (var sent = 0; sent < most; sent++)
        {
            if (!_socket.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectWrite))
            {
                return sent;
            }

            SendOctets(framed);
        }

        return most;
    }

    public byte[] Receive()
    {
        Span<byte> prefix = stackalloc byte[2];
        Fill(prefix);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        Fill(message);
        return message;
    }

    public byte[] Ask(ReadOnlySpan<byte> message)
    {
        Send(message);
        return Receive();
    }

    /// <summary>Sends the same message again and again and waits for as many octets each time, without making garbage.</summary>
    public void Exchange(byte[] framed, int times)
    {
        var answer = new byte[framed.Length];
        for (var i = 0; i < times; i++)
        {
            SendOctets(framed);
            Fill(answer);
        }
    }

    /// <summary>Some answer is there to be read.</summary>
    public void ExpectAnswersWaiting() =>
        Assert.That(_socket.Poll(Eventually.Patience, SelectMode.SelectRead), Is.True, "answers were expected");

    /// <summary>Nothing arrives within a moment in which it would have.</summary>
    public void ExpectSilence() =>
        Assert.That(_socket.Poll(TimeSpan.FromMilliseconds(150), SelectMode.SelectRead), Is.False, "silence was expected");

    /// <summary>The server has closed the connection in good order and sent nothing more.</summary>
    public void ExpectEnd() => Assert.That(_socket.Receive(new byte[1]), Is.Zero, "the connection's end was expected");

    /// <summary>The connection is of no use any more, in whichever way it ended; answers before the end are skipped.</summary>
    public void ExpectCutOff()
    {
        var scratch = new byte[64 * 1024];
        try
        {
            while (_socket.Receive(scratch) > 0)
            {
            }
        }
        catch (SocketException error)
        {
            Assert.That(error.SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset));
        }
    }

    /// <summary>Says that no more queries will come.</summary>
    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Goes without goodbye.</summary>
    public void Reset() => _socket.Close(0);

    public void Dispose() => _socket.Dispose();

    private void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var count = _socket.Receive(destination);
            if (count == 0)
            {
                Assert.Fail("the connection ended within an answer");
            }

            destination = destination[count..];
        }
    }
}
