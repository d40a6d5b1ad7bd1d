using ClusterDns.Operations;
using ClusterDns.Serving;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Autopath;

/// <summary>The search list of a file, the same for every client. The file is looked at again every few seconds.</summary>
internal sealed class SearchFile(string path, ILogger logger, TimeProvider time) : ISearchList
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Elements? _elements;
    private string _text = "";
    private Task _following = Task.CompletedTask;

    /// <summary>Reads the file; gives the reason why it cannot be read, and keeps what it said before then.</summary>
    public string? Read()
    {
        if (!ResolverFile.TryRead(path, out var text, out var reason))
        {
            return $"failed to parse \"{path}\": {reason}";
        }

        if (text == _text)
        {
            return null;
        }

        var search = ResolverFile.ReadSearch(text);
        Volatile.Write(ref _elements, search.Count == 0 ? null : new Elements(search));
        if (_text.Length > 0)
        {
            AutopathLog.Reread(logger, path, search.Count);
        }

        _text = text;
        return null;
    }

    public SearchMatch Find(Query query, out SearchWalk walk)
    {
        walk = default;
        if (Volatile.Read(ref _elements) is not { } elements || !query.Name.IsAtOrBelow(elements.First))
        {
            return SearchMatch.None;
        }

        var baseLabels = query.Name.LabelCount - elements.First.LabelCount;
        walk = new SearchWalk(baseLabels, Shortenings: 0, elements.Later);
        return baseLabels > 0 ? SearchMatch.First : SearchMatch.None;
    }

    public Task StartAsync()
    {
        _following = FollowAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task FollowAsync()
    {
        string? told = null;
        return new PeriodicWork("looking at the search list", logger, time).RunAsync(Interval, Look, _stop.Token);

        Task Look(CancellationToken stop)
        {
            var fault = Read();
            if (fault is not null && fault != told)
            {
                AutopathLog.NotReread(logger, fault);
            }

            told = fault;
            return Task.CompletedTask;
        }
    }

    private sealed class Elements(IReadOnlyList<DnsName> search)
    {
        public DnsName First { get; } = search[0];

        /// <summary>The elements behind the first, and the root for the base alone.</summary>
        public DnsName[] Later { get; } = [.. search.Append(DnsName.Root).Distinct().Skip(1)];
    }
}
