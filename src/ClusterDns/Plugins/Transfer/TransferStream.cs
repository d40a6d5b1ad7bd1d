using ClusterDns.Serving.Streaming;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Transfer;

/// <summary>One transfer under way: the SOA, all records, the SOA again, cut into messages. Holds a slot until it ends.</summary>
internal sealed class TransferStream(
    IZoneContents zone, string zoneName, TransportAddress client, TransferSlots slots, ILogger logger) : ReplyStream
{
    /// <summary>Octets from which on a message has no further record: a few hundred records, of which many may wait.</summary>
    public const int EnoughForMessage = 16 * 1024;

    /// <summary>20 MB, which are a cluster of 10,000 Services and 150,000 endpoints, at 1.4 Mbit a second.</summary>
    public static readonly TimeSpan DefaultMostTime = TimeSpan.FromMinutes(2);

    private int _records;
    private bool _hasBegun;
    private bool _isRecordLeft;
    private bool _isAtEnd;

    public override TimeSpan MostTime => DefaultMostTime;

    public override bool WriteNext(Reply reply)
    {
        Renew(reply);
        if (!_hasBegun)
        {
            _hasBegun = true;
            _records += zone.TryAddStartOfAuthority(reply) ? 1 : 0;
        }

        while (reply.Length < EnoughForMessage)
        {
            if (_isAtEnd || !(_isRecordLeft || zone.MoveNext()))
            {
                return !TryFinish(reply);
            }

            _isRecordLeft = !TryAdd(reply);
            if (_isRecordLeft)
            {
                break;
            }
        }

        return true;
    }

    public override void End(bool isWhole)
    {
        slots.Return(client);
        var address = client.ToIPAddress().ToString();
        if (isWhole)
        {
            TransferLog.Sent(logger, _records, zoneName, address, zone.Serial);
        }
        else
        {
            TransferLog.CutOff(logger, _records, zoneName, address);
        }
    }

    /// <summary>False when the record is for the next message. One that no message can hold is passed over.</summary>
    private bool TryAdd(Reply reply)
    {
        if (zone.TryAdd(reply))
        {
            _records++;
            return true;
        }

        var isFull = reply.IsTruncated && reply.AnswerCount > 0;
        reply.IsTruncated = false;
        return !isFull;
    }

    private bool TryFinish(Reply reply)
    {
        _isAtEnd = true;
        if (!zone.TryAddStartOfAuthority(reply))
        {
            reply.IsTruncated = false;
            return false;
        }

        _records++;
        return true;
    }

    // Flags stay as the plugins in front have set them on the first message.
    private static void Renew(Reply reply)
    {
        var isAuthoritative = reply.IsAuthoritative;
        var isRecursionAvailable = reply.IsRecursionAvailable;
        reply.Clear();
        reply.IsAuthoritative = isAuthoritative;
        reply.IsRecursionAvailable = isRecursionAvailable;
    }
}
