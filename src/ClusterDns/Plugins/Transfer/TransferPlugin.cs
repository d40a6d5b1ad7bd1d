using ClusterDns.Serving;
using ClusterDns.Serving.Streaming;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Transfer;

/// <summary>Hands whole zones of the block's other plugins over to secondary servers (RFC 5936, RFC 1995).</summary>
internal sealed class TransferPlugin(IReadOnlyList<TransferRule> rules, TransferSlots slots, ILogger logger) : Plugin
{
    private IReadOnlyList<ITransferableZones> _plugins = [];

    public override string Name => "transfer";

    /// <summary>Tells the plugin who has zones; once, before the first query.</summary>
    public void Connect(IReadOnlyList<ITransferableZones> plugins) => _plugins = plugins;

    public override ValueTask<ServeResult> ServeAsync(Query query) => query.Type is RecordType.AXFR or RecordType.IXFR
        ? ServeTransfer(query)
        : new ValueTask<ServeResult>(ServeResult.Declined);

    private ValueTask<ServeResult> ServeTransfer(Query query)
    {
        // A transfer is a stream (RFC 5936, 4.2); who asks for changes alone may ask whether there are any (RFC 1995, 2).
        if (query.Type == RecordType.AXFR && query.Protocol == TransportProtocol.Udp)
        {
            return new ValueTask<ServeResult>(ServeResult.Failed(ResponseCode.Refused));
        }

        if (FindRule(query.Name) is not { } rule)
        {
            return new ValueTask<ServeResult>(ServeResult.Declined);
        }

        if (!rule.Allows(query.Client))
        {
            return new ValueTask<ServeResult>(Refuse(query));
        }

        foreach (var plugin in _plugins)
        {
            if (plugin.TryOpen(query, out var zone))
            {
                return zone is null
                    ? new ValueTask<ServeResult>(query.Fail(
                        ResponseCode.ServerFailure, "the zone is not known yet", FailureReason.NotReady))
                    : ServeZone(query, zone);
            }
        }

        return new ValueTask<ServeResult>(ServeResult.Declined);
    }

    private TransferRule? FindRule(QuestionName name)
    {
        TransferRule? longest = null;
        var labels = -1;
        foreach (var rule in rules)
        {
            if (rule.LabelsFor(name) is var length && length > labels)
            {
                (longest, labels) = (rule, length);
            }
        }

        return longest;
    }

    private ServeResult Refuse(Query query)
    {
        query.Reply.Clear();
        query.Reply.Code = ResponseCode.Refused;
        query.AnsweredBy = Name;
        return ServeResult.Answered;
    }

    private ValueTask<ServeResult> ServeZone(Query query, IZoneContents zone)
    {
        if (query.Type == RecordType.IXFR)
        {
            if (!IxfrQuestion.TryReadSerial(query, out var serial))
            {
                return new ValueTask<ServeResult>(query.Fail(ResponseCode.ServerFailure, "an IXFR query without SOA"));
            }

            if (IxfrQuestion.IsUpToDate(serial, zone.Serial) || query.Protocol == TransportProtocol.Udp)
            {
                return new ValueTask<ServeResult>(AnswerStartOfAuthority(query, zone));
            }
        }

        if (!slots.TryTake(query.Client))
        {
            query.Error = "too many transfers at once";
            return new ValueTask<ServeResult>(Refuse(query));
        }

        var name = WireName.ToText(query.Name.Wire);
        return BeginAsync(query, new TransferStream(zone, name, query.Client, slots, logger));
    }

    // The one SOA says that nothing has changed, or over UDP that there is more than a datagram holds.
    private ServeResult AnswerStartOfAuthority(Query query, IZoneContents zone)
    {
        query.Reply.Clear();
        zone.TryAddStartOfAuthority(query.Reply);
        query.Reply.IsAuthoritative = true;
        query.AnsweredBy = Name;
        if (query.Protocol == TransportProtocol.Tcp)
        {
            TransferLog.UpToDate(
                logger, WireName.ToText(query.Name.Wire), query.Client.ToIPAddress().ToString(), zone.Serial);
        }

        return ServeResult.Answered;
    }

    private async ValueTask<ServeResult> BeginAsync(Query query, TransferStream transfer)
    {
        // Whoever takes the query back ends the transfer, whatever goes wrong on the way.
        query.Rest = transfer;
        query.AnsweredBy = Name;

        // The whole cluster's Services are put in order first: nothing for the thread that reads the connection.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        query.Reply.IsAuthoritative = true;
        if (transfer.WriteNext(query.Reply))
        {
            return ServeResult.Streamed;
        }

        query.EndRest(isWhole: true);
        return ServeResult.Answered;
    }
}
