namespace ClusterDns.Operations;

/// <summary>
/// The counters of one plugin of a block, found by a listener's label and a zone. Both are the same few objects for every
/// query of a configuration, so none of their letters is hashed or compared.
/// </summary>
/// <param name="create">Makes the counters of a label and a zone, or gives those there are.</param>
internal sealed class SeriesByReference<TZone, TSeries>(Func<string, TZone, TSeries> create)
    where TZone : class
    where TSeries : class
{
    private readonly Lock _learning = new();
    private Known? _last;

    public TSeries Of(string server, TZone zone) => (Find(server, zone) ?? Learn(server, zone)).Series;

    private Known? Find(string server, TZone zone)
    {
        var known = Volatile.Read(ref _last);
        while (known is not null && !(ReferenceEquals(known.Zone, zone) && ReferenceEquals(known.Server, server)))
        {
            known = known.Earlier;
        }

        return known;
    }

    private Known Learn(string server, TZone zone)
    {
        lock (_learning)
        {
            // Another thread may have met the same two together with this one.
            if (Find(server, zone) is { } known)
            {
                return known;
            }

            var learned = new Known(server, zone, create(server, zone), _last);
            Volatile.Write(ref _last, learned);
            return learned;
        }
    }

    private sealed class Known(string server, TZone zone, TSeries series, Known? earlier)
    {
        public readonly string Server = server;
        public readonly TZone Zone = zone;
        public readonly TSeries Series = series;
        public readonly Known? Earlier = earlier;
    }
}
