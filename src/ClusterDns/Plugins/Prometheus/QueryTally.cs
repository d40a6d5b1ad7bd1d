using ClusterDns.Serving;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>One thread's counters for one (server, zone). Only that thread writes; whoever folds them reads meanwhile.</summary>
internal sealed class QueryTally
{
    private readonly long[] _cells = new long[TallyLayout.Cells];
    private readonly long[]?[] _codesByPlugin = new long[]?[TallyLayout.MostPlugins];

    public ReadOnlySpan<long> Cells => _cells;

    /// <summary>Counts of a plugin's replies by rcode; null if it gave none here.</summary>
    public ReadOnlySpan<long> CodesOf(int plugin) => Volatile.Read(ref _codesByPlugin[plugin]);

    /// <param name="query">What was asked.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="ticks">How long it took, in ticks of the server's clock.</param>
    /// <param name="timeBucket">The bucket of <paramref name="ticks"/>.</param>
    /// <param name="plugin">Index of the plugin that wrote the reply.</param>
    public void Count(Query query, ServeResult result, long ticks, int timeBucket, int plugin)
    {
        var cells = _cells;
        var protocol = (int)query.Protocol;
        var family = query.Client.IsIPv4 ? 0 : 1;
        var request = (((protocol * TallyLayout.Families) + family) * QueryTypes.Count) + QueryTypes.IndexOf(query.Type);
        cells[TallyLayout.Requests + request]++;
        if (query.Fields.Edns.DnssecOk)
        {
            cells[TallyLayout.DnssecOk]++;
        }

        Add(cells, TallyLayout.Durations, timeBucket, ticks);
        AddSize(cells, TallyLayout.RequestSizes, protocol, query.PacketLength);
        AddSize(cells, TallyLayout.ReplySizes, protocol, ReplySize(query, result));
        var code = Math.Min((int)result.CodeFor(query), TallyLayout.ResponseCodes - 1);
        (_codesByPlugin[plugin] ?? AddPlugin(plugin))[TallyLayout.Padding + code]++;
    }

    private long[] AddPlugin(int plugin)
    {
        var codes = new long[TallyLayout.Padding + TallyLayout.ResponseCodes + TallyLayout.Padding];
        Volatile.Write(ref _codesByPlugin[plugin], codes);
        return codes;
    }

    // As CoreDNS measures: uncompressed and uncut; nothing for a reply that the server has yet to write.
    private static int ReplySize(Query query, ServeResult result) =>
        result.IsAnswered ? query.Reply.UncompressedLength : 0;

    private static void AddSize(long[] cells, int histograms, int protocol, int size) =>
        Add(cells, histograms + (protocol * 2 * SizeBuckets.Count), SizeBuckets.IndexOf(size), size);

    private static void Add(long[] cells, int histogram, int bucket, long value)
    {
        cells[histogram + (2 * bucket)]++;
        cells[histogram + (2 * bucket) + 1] += value;
    }
}
