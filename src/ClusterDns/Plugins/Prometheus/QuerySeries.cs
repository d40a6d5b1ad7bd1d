using ClusterDns.Operations;
using ClusterDns.Wire;
using Prometheus;

namespace ClusterDns.Plugins.Prometheus;

/// <summary>All that is counted for one server, zone and view: a tally for each thread, added up when somebody scrapes.</summary>
internal sealed class QuerySeries(QueryFamilies families, string server, string zone, string view)
{
    private readonly PerThread<QueryTally> _tallies = new(() => new QueryTally());
    private readonly long[] _totals = new long[TallyLayout.End];
    private readonly Counter.Child?[] _requests = new Counter.Child?[TallyLayout.DnssecOk - TallyLayout.Requests];
    private readonly Dictionary<(int Plugin, int Code), Counter.Child> _responses = [];
    private readonly FoldedHistogram?[] _requestSizes = new FoldedHistogram?[TallyLayout.Protocols];
    private readonly FoldedHistogram?[] _replySizes = new FoldedHistogram?[TallyLayout.Protocols];
    private Counter.Child? _dnssecOk;
    private FoldedHistogram? _durations;

    public string Server { get; } = server;

    public string Zone { get; } = zone;

    /// <summary>The name of the block's view; empty without one.</summary>
    public string View { get; } = view;

    /// <summary>The calling thread's counters.</summary>
    public QueryTally Tally => _tallies.Value;

    /// <summary>Adds what was counted since the start to <paramref name="totals"/>. For any number of callers.</summary>
    public void AddTo(QueryTotals totals)
    {
        foreach (var tally in _tallies.All)
        {
            var cells = tally.Cells;
            for (var i = 0; i < TimeBuckets.Count; i++)
            {
                totals.Durations[i] += Volatile.Read(in cells[TallyLayout.Durations + (2 * i)]);
            }

            for (var plugin = 0; plugin < TallyLayout.MostPlugins; plugin++)
            {
                var codes = tally.CodesOf(plugin);
                for (var code = 0; code < TallyLayout.ResponseCodes && !codes.IsEmpty; code++)
                {
                    totals.Codes[code] += Volatile.Read(in codes[TallyLayout.Padding + code]);
                }
            }
        }
    }

    /// <summary>Brings the registry up to date; one caller at a time.</summary>
    public void Fold(IReadOnlyList<string> pluginNames, double tickSeconds)
    {
        QueryTally[] tallies = [.. _tallies.All];
        AddUp(tallies);
        FoldRequests();
        FoldResponses(tallies, pluginNames);
        _durations ??= new(families.Durations.WithLabels(Server, Zone, View), TimeBuckets.UpperBounds);
        _durations.Fold(_totals.AsSpan(TallyLayout.Durations, 2 * TimeBuckets.Count), tickSeconds);
        FoldSizes(families.RequestSizes, _requestSizes, TallyLayout.RequestSizes);
        FoldSizes(families.ReplySizes, _replySizes, TallyLayout.ReplySizes);
    }

    private static string ProtocolLabel(int protocol) => protocol == 0 ? "udp" : "tcp";

    private void AddUp(QueryTally[] tallies)
    {
        _totals.AsSpan().Clear();
        foreach (var tally in tallies)
        {
            for (var i = TallyLayout.Requests; i < TallyLayout.End; i++)
            {
                _totals[i] += Volatile.Read(in tally.Cells[i]);
            }
        }
    }

    private void FoldRequests()
    {
        for (var i = 0; i < _requests.Length; i++)
        {
            if (_totals[TallyLayout.Requests + i] is > 0 and var total)
            {
                (_requests[i] ??= RequestsChild(i)).IncTo(total);
            }
        }

        if (_totals[TallyLayout.DnssecOk] is > 0 and var withDnssecOk)
        {
            (_dnssecOk ??= families.DnssecOk.WithLabels(Server, Zone, View)).IncTo(withDnssecOk);
        }
    }

    private Counter.Child RequestsChild(int cell)
    {
        var family = cell / QueryTypes.Count % TallyLayout.Families;
        var protocol = cell / QueryTypes.Count / TallyLayout.Families;
        return families.Requests.WithLabels(
            Server, Zone, View, ProtocolLabel(protocol), family == 0 ? "1" : "2", QueryTypes.LabelOf(cell % QueryTypes.Count));
    }

    private void FoldResponses(QueryTally[] tallies, IReadOnlyList<string> pluginNames)
    {
        for (var plugin = 0; plugin < pluginNames.Count; plugin++)
        {
            for (var code = 0; code < TallyLayout.ResponseCodes; code++)
            {
                var total = 0L;
                foreach (var tally in tallies)
                {
                    var codes = tally.CodesOf(plugin);
                    total += codes.IsEmpty ? 0 : Volatile.Read(in codes[TallyLayout.Padding + code]);
                }

                if (total > 0)
                {
                    ResponsesChild(plugin, code, pluginNames[plugin]).IncTo(total);
                }
            }
        }
    }

    private Counter.Child ResponsesChild(int plugin, int code, string pluginName)
    {
        if (!_responses.TryGetValue((plugin, code), out var child))
        {
            var label = code == TallyLayout.ResponseCodes - 1 ? "other" : Mnemonic.Of((ResponseCode)code);
            child = families.Responses.WithLabels(Server, Zone, View, label, pluginName);
            _responses.Add((plugin, code), child);
        }

        return child;
    }

    private void FoldSizes(Histogram family, FoldedHistogram?[] folded, int histograms)
    {
        for (var protocol = 0; protocol < TallyLayout.Protocols; protocol++)
        {
            var buckets = _totals.AsSpan(histograms + (protocol * 2 * SizeBuckets.Count), 2 * SizeBuckets.Count);
            if (buckets.ContainsAnyExcept(0))
            {
                folded[protocol] ??= new(
                    family.WithLabels(Server, Zone, View, ProtocolLabel(protocol)), SizeBuckets.UpperBounds);
                folded[protocol]!.Fold(buckets, 1);
            }
        }
    }
}
