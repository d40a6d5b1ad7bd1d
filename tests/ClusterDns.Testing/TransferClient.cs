using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing.Conformance;
using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>A secondary server: asks for a zone over one connection and reads its messages.</summary>
internal sealed class TransferClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly CancellationTokenSource _patience = new(Patience);

    /// <param name="server">Where to connect.</param>
    /// <param name="receiveBufferSize">Octets that the client's system takes while the client does not read.</param>
    public TransferClient(IPEndPoint server, int? receiveBufferSize = null)
    {
        _socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBufferSize is { } size)
        {
            _socket.ReceiveBufferSize = size;
        }

        _socket.Connect(server);
        _stream = new NetworkStream(_socket);
    }

    /// <summary>Octets of all messages read so far.</summary>
    public long OctetsRead { get; private set; }

    /// <summary>Messages read so far.</summary>
    public int MessagesRead { get; private set; }

    /// <summary>The longest of them.</summary>
    public int LongestRead { get; private set; }

    /// <summary>An IXFR query of a client that has the zone with this serial.</summary>
    public static byte[] IxfrPacket(string zone, uint serial)
    {
        var question = QueryFactory.Packet(zone, RecordType.IXFR);
        BinaryPrimitives.WriteUInt16BigEndian(question.AsSpan(8), 1);
        byte[] names = [0, 0];
        var data = new byte[names.Length + 20];
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(names.Length), serial);
        byte[] head = [0xC0, MessageHeader.Size, 0, (byte)RecordType.SOA, 0, 1, 0, 0, 0, 0, 0, (byte)data.Length];
        return [.. question, .. head, .. data];
    }

    /// <summary>A whole transfer, as <c>owner ttl type rdata</c>, from SOA to SOA.</summary>
    public async Task<IReadOnlyList<string>> TransferAsync(string zone)
    {
        var query = QueryFactory.Packet(zone, RecordType.AXFR);
        await SendAsync(query);
        return await ReadTransferAsync(query);
    }

    /// <summary>Reads messages until the second SOA has come.</summary>
    public async Task<IReadOnlyList<string>> ReadTransferAsync(byte[] query)
    {
        List<string> records = [];
        do
        {
            var message = await ReadAsync();
            var reply = ReplyDecoder.Decode(query, message);
            if (reply.ResponseCode != "NOERROR" || !reply.Flags.Contains("AA") || reply.IsTruncated || reply.Answer.Count == 0)
            {
                throw new FormatException($"{reply.ResponseCode} with {string.Join(' ', reply.Flags)} and {reply.Answer.Count} answers");
            }

            records.AddRange(reply.Answer);
        }
        while (records.Count == 1 || !records[^1].Contains(" SOA ", StringComparison.Ordinal));
        return records;
    }

    public Task SendAsync(ReadOnlyMemory<byte> query) => DnsSocketClient.WriteAsync(_stream, query, _patience.Token);

    public async Task<byte[]> ReadAsync()
    {
        var message = await DnsSocketClient.ReadAsync(_stream, _patience.Token);
        MessagesRead++;
        OctetsRead += message.Length;
        LongestRead = Math.Max(LongestRead, message.Length);
        return message;
    }

    /// <summary>Reads whatever comes until the connection ends, in whichever way.</summary>
    public async Task ReadToEndAsync()
    {
        var scratch = new byte[64 * 1024];
        try
        {
            while (await _stream.ReadAsync(scratch, _patience.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Reset.
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
        _patience.Dispose();
    }
}
