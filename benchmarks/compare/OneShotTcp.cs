using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterDns.Compare;

/// <summary>
/// Opens a TCP connection for each query and closes it after the answer. dnsperf can do this too, but takes so long between
/// two connections that a few hundred a second are all it offers.
/// </summary>
internal sealed class OneShotTcp(int port, IReadOnlyList<string> queries, double seconds)
{
    private const int Clients = 8;
    private const int TimeoutMilliseconds = 2000;
    private const int RcodeOffset = 5;

    private readonly IPEndPoint _server = new(IPAddress.Loopback, port);
    private long _lost;
    private int _next;

    public Dnsperf.Outcome Run()
    {
        var rcodes = new int[16];
        var end = DateTime.UtcNow.AddSeconds(seconds);
        var threads = Enumerable.Range(0, Clients).Select(_ => new Thread(() => AskUntil(end, rcodes))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var answers = rcodes.Sum();
        var codes = rcodes.Select((count, code) => (count, code)).Where(entry => entry.count > 0)
            .Select(entry => $"{Name(entry.code)} {entry.count} ({(double)entry.count / answers:0.00%})");
        return new Dnsperf.Outcome(answers, _lost, answers / seconds, string.Join(", ", codes), "");
    }

    private void AskUntil(DateTime end, int[] rcodes)
    {
        while (DateTime.UtcNow < end)
        {
            var line = queries[(Interlocked.Increment(ref _next) & int.MaxValue) % queries.Count];
            if (Ask(Encode(line)) is { } rcode)
            {
                Interlocked.Increment(ref rcodes[rcode]);
            }
            else
            {
                Interlocked.Increment(ref _lost);
            }
        }
    }

    // The rcode; null without an answer.
    private int? Ask(byte[] query)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = TimeoutMilliseconds,
            SendTimeout = TimeoutMilliseconds,
            NoDelay = true,
        };
        var reply = new byte[1500];
        try
        {
            socket.Connect(_server);
            socket.Send(query);
            var length = 0;
            while (length <= RcodeOffset || length < BinaryPrimitives.ReadUInt16BigEndian(reply) + 2)
            {
                var received = socket.Receive(reply.AsSpan(length));
                if (received == 0)
                {
                    return null;
                }

                length += received;
            }

            return reply[RcodeOffset] & 15;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    // An A query behind its length.
    private static byte[] Encode(string line)
    {
        var labels = line.Split(' ')[0].Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        byte[] message = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. labels, 0, 0, 1, 0, 1];
        return [0, (byte)message.Length, .. message];
    }

    private static string Name(int rcode) => rcode switch
    {
        0 => "NOERROR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        5 => "REFUSED",
        _ => $"rcode {rcode}",
    };
}
