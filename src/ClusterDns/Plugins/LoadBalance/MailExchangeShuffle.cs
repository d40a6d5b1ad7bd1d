using System.Buffers;
using ClusterDns.Operations;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>
/// Puts the MX records of an answer last and in random order. Their rdata holds names that later names may point at, so
/// the reply is written anew from a copy; MX queries are rare in a cluster.
/// </summary>
internal static class MailExchangeShuffle
{
    /// <summary>Answers with more MX records than this stay as they are.</summary>
    private const int MostExchanges = 64;

    public static void Shuffle(Reply reply, FastRandom random)
    {
        Span<RecordView> exchanges = stackalloc RecordView[MostExchanges];
        var count = Find(reply, exchanges);
        if (count is < 2 or > MostExchanges)
        {
            return;
        }

        exchanges = exchanges[..count];
        for (var place = 0; place < count - 1; place++)
        {
            var other = place + random.Below(count - place);
            (exchanges[place], exchanges[other]) = (exchanges[other], exchanges[place]);
        }

        var rented = ArrayPool<byte>.Shared.Rent(reply.Length);
        reply.Message.CopyTo(rented);
        Rewrite(reply, rented.AsSpan(0, reply.Length), exchanges);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static int Find(Reply reply, Span<RecordView> exchanges)
    {
        var count = 0;
        var records = reply.ReadRecords();
        while (records.TryRead(out var record) && record.Section == Section.Answer)
        {
            if (record.Type == RecordType.MX && count++ < exchanges.Length)
            {
                exchanges[count - 1] = record;
            }
        }

        return count;
    }

    private static void Rewrite(Reply reply, ReadOnlySpan<byte> source, ReadOnlySpan<RecordView> exchanges)
    {
        var (code, authoritative, recursion) = (reply.Code, reply.IsAuthoritative, reply.IsRecursionAvailable);
        var (authentic, truncated) = (reply.IsAuthenticData, reply.IsTruncated);
        var records = new RecordReader(source, reply.QuestionEnd);
        reply.Clear();
        reply.Code = code;
        reply.IsAuthoritative = authoritative;
        reply.IsRecursionAvailable = recursion;
        reply.IsAuthenticData = authentic;
        reply.IsTruncated = truncated;

        var areExchangesWritten = false;
        while (records.TryRead(out var record))
        {
            if (record.Section != Section.Answer && !areExchangesWritten)
            {
                AddAll(reply, source, exchanges);
                areExchangesWritten = true;
            }

            if (record.Section != Section.Answer || record.Type != RecordType.MX)
            {
                reply.AddCopy(record.Section, source, record);
            }
        }

        if (!areExchangesWritten)
        {
            AddAll(reply, source, exchanges);
        }
    }

    private static void AddAll(Reply reply, ReadOnlySpan<byte> source, ReadOnlySpan<RecordView> records)
    {
        foreach (ref readonly var record in records)
        {
            reply.AddCopy(Section.Answer, source, record);
        }
    }
}
