namespace ClusterDns.Plugins.Prometheus;

/// <summary>Where the counters of one (server, zone) lie in a thread's cells. A histogram bucket has two: count and sum.</summary>
internal static class TallyLayout
{
    public const int Protocols = 2;
    public const int Families = 2;

    /// <summary>Cells in front of and behind the counters: another thread's are never on the same pair of cache lines.</summary>
    public const int Padding = 16;

    public const int Requests = Padding;
    public const int DnssecOk = Requests + (Protocols * Families * QueryTypes.Count);
    public const int Durations = DnssecOk + 1;
    public const int RequestSizes = Durations + (2 * TimeBuckets.Count);
    public const int ReplySizes = RequestSizes + (Protocols * 2 * SizeBuckets.Count);
    public const int End = ReplySizes + (Protocols * 2 * SizeBuckets.Count);
    public const int Cells = End + Padding;

    /// <summary>Rcodes with a counter: 0 to 23 (RFC 6895, 2.3) and one for all others.</summary>
    public const int ResponseCodes = 25;

    /// <summary>Plugins that replies are told apart by; more than there are. Further names count as none.</summary>
    public const int MostPlugins = 128;
}
