using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterDns.Measuring;

/// <summary>Asks one server on 127.0.0.1 for A records, one question at a time. No resolver: it sees what is sent.</summary>
internal sealed class AddressQuery : IDisposable
{
    private const int HeaderSize = 12;
    private const int AnswerCountOffset = 7;
    private static readonly TimeSpan ReceiveTimeout = TimeSpan.FromMilliseconds(500);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp)
    {
        ReceiveTimeout = (int)ReceiveTimeout.TotalMilliseconds,
    };

    private readonly byte[] _reply = new byte[1500];
    private ushort _id;

    public AddressQuery(int port)
    {
        _socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>The last address of the answer; null without one, and where nothing answers.</summary>
    public IPAddress? Ask(string domain)
    {
        _id++;
        byte[] query = [(byte)(_id >> 8), (byte)_id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. domain.Split('.').SelectMany(Label), 0, 0, 1, 0, 1];
        try
        {
            _socket.Send(query);
            int length;
            do
            {
                length = _socket.Receive(_reply);
            }
            while (length < HeaderSize || _reply[0] != query[0] || _reply[1] != query[1]);

            return _reply[AnswerCountOffset] == 0 ? null : new IPAddress(_reply.AsSpan(length - 4, 4));
        }
        catch (SocketException)
        {
            // Nothing listens yet, or the time is over.
            return null;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Label(string label) => [(byte)label.Length, .. Encoding.ASCII.GetBytes(label)];
}
