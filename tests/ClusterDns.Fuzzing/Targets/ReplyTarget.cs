using System.Globalization;
using System.Net;
using System.Text;
using ClusterDns.Testing;
using ClusterDns.Testing.Packets;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A reply from an upstream: matched with the query that waits for it, adopted, and served to a client, once as it came
/// and once from the cache. The input is the reply. In it <c>nnnnnnnn</c> stands for a label of the question's name and
/// 0x4242 in front for its id, since both are others each time.
/// </summary>
internal sealed class ReplyTarget : FuzzTarget
{
    private const string Corefile =
        """
        .:53 {
            errors
            log
            dns64 {
                translate_all
            }
            loadbalance
            rewrite name suffix .renamed.test .example.com answer auto
            rewrite ttl suffix example.com 5-600
            cache {
                prefetch 1 1h 90%
                serve_stale
            }
            header {
                response set ra
            }
            minimal
            forward . 192.0.2.53 {
                max_fails 0
            }
        }
        """;

    private const ushort IdStandIn = 0x4242;
    private const string Zone = "example.com.";

    private static readonly int[] Limits = [512, 1232, MessageHeader.MaxMessageSize];
    private static readonly byte[] NameStandIn = "nnnnnnnn"u8.ToArray();
    private static readonly IPEndPoint Client = IPEndPoint.Parse(QueryFactory.Client);
    private static readonly IPEndPoint Server = IPEndPoint.Parse(QueryFactory.Server);

    private readonly QuestionName _name = new();
    private readonly Reply _reply = new();
    private readonly byte[] _output = new byte[MessageHeader.MaxMessageSize];
    private readonly ReplyMatching _matching = new();
    private readonly PacketServer _server;
    private byte[] _answer = [];
    private uint _round;

    public ReplyTarget()
    {
        _server = PacketServer.StartAsync(Corefile, upstream: _ => _answer).GetAwaiter().GetResult();
    }

    public override string Name => "reply";

    protected override void Try(byte[] input)
    {
        if (input.Length > MessageHeader.MaxMessageSize)
        {
            return;
        }

        _answer = [.. input];
        var label = (++_round).ToString("x8", CultureInfo.InvariantCulture);
        Replace(_answer, NameStandIn, Encoding.ASCII.GetBytes(label));
        var query = QueryFactory.Packet($"{label}.{Zone}", TypeAsked(_answer), udpSize: 1232);
        using var thrown = new ThrownExceptions();
        Match(input, query);
        Adopt(query);
        Serve(query, TransportProtocol.Udp);
        Serve(query, TransportProtocol.Tcp);
        Serve(QueryFactory.Packet($"{label}.renamed.test.", TypeAsked(_answer)), TransportProtocol.Udp);
        RequireNoException(thrown);
    }

    private static void Replace(byte[] octets, byte[] from, byte[] to)
    {
        for (var rest = octets.AsSpan(); rest.IndexOf(from) is >= 0 and var place; rest = rest[(place + from.Length)..])
        {
            to.CopyTo(rest[place..]);
        }
    }

    // What the reply says it answers, so that every type may be.
    private RecordType TypeAsked(byte[] answer) =>
        ReplyReader.TryRead(answer, out var fields) && fields.HasQuestion
            ? (RecordType)((answer[fields.QuestionEnd - 4] << 8) | answer[fields.QuestionEnd - 3])
            : RecordType.A;

    private void Match(byte[] input, byte[] query)
    {
        var isRightId = input.Length >= MessageHeader.Size && MessageHeader.Id(input) == IdStandIn;
        QueryReader.Read(query, _name, out var asked);
        var question = query.AsSpan(MessageHeader.Size..asked.QuestionEnd);
        var isTaken = _matching.IsTaken(_answer, question, isRightId);
        Require(
            isTaken == (isRightId
                && ReplyReader.TryRead(_answer, out var fields)
                && (fields.Repeats(_answer, question) || IsBareRefusal(_answer))),
            $"a reply was {(isTaken ? "taken" : "not taken")} for the answer to a query");
    }

    // A server that could not read the query has no question to repeat: then the header alone counts.
    private static bool IsBareRefusal(byte[] message) =>
        message.Length == MessageHeader.Size
        && MessageHeader.ResponseCodeOf(MessageHeader.Flags(message)) is ResponseCode.FormatError or ResponseCode.NotImplemented;

    private void Adopt(byte[] query)
    {
        QueryReader.Read(query, _name, out var asked);
        _reply.Begin(query, asked);
        if (!ReplyReader.TryRead(_answer, out var fields) || !_reply.Adopt(_answer, fields))
        {
            return;
        }

        var records = _reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            _reply.SetTimeToLive(record, 1);
        }

        Require(!records.IsMalformed && records.Position == _reply.Length, "an adopted reply is malformed");
        foreach (var limit in Limits)
        {
            var length = _reply.Finish(_output, limit);
            Require(length <= limit, $"{length} octets where {limit} are allowed");
            Require(ReplyFault.Find(query, _output[..length], TransportProtocol.Tcp) is null, "an adopted reply is no reply");
        }
    }

    private void Serve(byte[] query, TransportProtocol protocol)
    {
        var path = new RecordingReplyPath(protocol, Client, Server);
        _server.Handle(query, path);
        Require(!path.IsDetached, "the query waits for something");
        Require(ReplyFault.Find(query, path.Sent, protocol) is null, $"{protocol}: {ReplyFault.Find(query, path.Sent, protocol)}");
    }
}
