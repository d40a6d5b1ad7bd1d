using ClusterDns.Operations;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>Changes the order of addresses in replies, so that clients that take the first one spread.</summary>
internal sealed class LoadBalancePlugin(LoadBalanceOptions options, IAddressOrder order) : ReplyPlugin
{
    private readonly PerThread<FastRandom> _random = new(() => new FastRandom());

    public override string Name => "loadbalance";

    protected override ServeResult After(Query query, ServeResult result)
    {
        var reply = query.Reply;
        if (result.Outcome == ServeOutcome.Answered
            && reply.Code == ResponseCode.NoError
            && reply.AnswerCount + reply.AuthorityCount + reply.AdditionalCount > 1
            && query.Type is not (RecordType.AXFR or RecordType.IXFR))
        {
            query.Trace?.Add(new LoadBalanceStep(options, reply.AnswerCount));
            if (query.Type == RecordType.MX)
            {
                MailExchangeShuffle.Shuffle(reply, _random.Value);
            }

            ArrangeRuns(reply, query.ReplyLimit);
        }

        return result;
    }

    private void ArrangeRuns(Reply reply, int limit)
    {
        var records = reply.ReadRecords();
        var message = reply.Message;
        AddressRun run = default;
        while (records.TryRead(out var record))
        {
            if (!run.TryExtend(message, record))
            {
                Arrange(message, run, limit);
                run = AddressRun.Begin(record, records.SkipRepeats(record));
            }
        }

        Arrange(message, run, limit);
    }

    private void Arrange(Span<byte> message, in AddressRun run, int limit)
    {
        if (run.Count > 1)
        {
            order.Arrange(message, run, _random.Value, limit);
        }
    }
}
