using System.Globalization;

namespace ClusterDns.Testing;

/// <summary>Serves watches: history from a version on, then what happens, with bookmarks.</summary>
internal sealed class FakeWatchEndpoint(FakeStore store)
{
    private static readonly TimeSpan BlankLineInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly HashSet<Watcher> _open = [];

    private sealed class Watcher
    {
        public volatile bool IsSilent;
    }

    /// <summary>Between two bookmarks of a watch.</summary>
    public TimeSpan BookmarkInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A version that is too old is told by an ERROR event in place of a status.</summary>
    public bool ExpiresByEvent { get; set; }

    /// <summary>Status for a streamed list; 0 serves it.</summary>
    public int StreamedListRefusal { get; set; }

    public int OpenCount
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Watches that are open now say nothing more.</summary>
    public void Silence()
    {
        lock (_lock)
        {
            foreach (var watcher in _open)
            {
                watcher.IsSilent = true;
            }
        }
    }

    public async Task ServeAsync(FakeRequest request, FakeSelector selector, FakeResponse response, FakeFault? fault)
    {
        if (request.IsStreamedList && StreamedListRefusal > 0)
        {
            await response.WriteStatusAsync(StreamedListRefusal, "Invalid");
            return;
        }

        var version = Version(request);
        if (version is { } from && store.Since(request.Kind, from) is null && !ExpiresByEvent)
        {
            await response.WriteStatusAsync(410, "Expired");
            return;
        }

        var watcher = new Watcher();
        lock (_lock)
        {
            _open.Add(watcher);
        }

        try
        {
            await response.BeginAsync();
            await RunAsync(request, selector, response, watcher, version, fault);
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(watcher);
            }
        }
    }

    private static long? Version(FakeRequest request) =>
        !request.IsStreamedList && request.Parameters.TryGetValue("resourceVersion", out var text)
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : null;

    private async Task RunAsync(
        FakeRequest request, FakeSelector selector, FakeResponse response, Watcher watcher, long? version, FakeFault? fault)
    {
        if (fault is FakeFault.BlankLines)
        {
            await WriteBlankLinesAsync(response);
        }

        var start = version ?? await WriteInitialAsync(request, selector, response, watcher, fault);
        if (fault is FakeFault.Line line)
        {
            await response.WriteAsync(line.Text + "\n");
        }
        else if (start is { } cursor)
        {
            await FollowAsync(request, selector, response, watcher, cursor, fault);
        }
    }

    private static async Task WriteBlankLinesAsync(FakeResponse response)
    {
        while (true)
        {
            await response.WriteAsync("\n");
            await Task.Delay(BlankLineInterval, response.Aborted);
        }
    }

    private async Task FollowAsync(
        FakeRequest request, FakeSelector selector, FakeResponse response, Watcher watcher, long cursor, FakeFault? fault)
    {
        var end = Task.Delay(Length(request), response.Aborted);
        while (!end.IsCompleted)
        {
            if (store.Since(request.Kind, cursor) is not { } news)
            {
                await response.WriteAsync(FakeEvent.Line("ERROR", FakeResponse.StatusText(410, "Expired")));
                return;
            }

            foreach (var told in news.Events.Select(entry => entry.Line(selector)).OfType<string>())
            {
                if (!await TryWriteAsync(told, response, watcher, fault))
                {
                    return;
                }
            }

            cursor = news.Version;
            Task isNews = Task.WhenAny(news.Next, end).WaitAsync(BookmarkInterval);
            await isNews.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!isNews.IsCompletedSuccessfully)
            {
                await TryWriteAsync(Bookmark(request, store.Version, endsInitialEvents: false), response, watcher, null);
            }

            response.Aborted.ThrowIfCancellationRequested();
        }

        if (watcher.IsSilent)
        {
            await response.HangAsync();
        }
    }

    private static TimeSpan Length(FakeRequest request) =>
        request.Parameters.TryGetValue("timeoutSeconds", out var seconds)
            ? TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture))
            : TimeSpan.FromHours(1);

    // Null where the fault has ended the watch.
    private async Task<long?> WriteInitialAsync(
        FakeRequest request, FakeSelector selector, FakeResponse response, Watcher watcher, FakeFault? fault)
    {
        var (objects, version) = store.List(request.Kind, selector);
        foreach (var item in objects)
        {
            if (!await TryWriteAsync(FakeEvent.Line("ADDED", item.Text), response, watcher, fault, isMoreToCome: request.IsStreamedList && fault is null))
            {
                return null;
            }
        }

        if (request.IsStreamedList)
        {
            await TryWriteAsync(Bookmark(request, version, endsInitialEvents: true), response, watcher, null);
        }

        return version;
    }

    private static async Task<bool> TryWriteAsync(
        string line, FakeResponse response, Watcher watcher, FakeFault? fault, bool isMoreToCome = false)
    {
        if (watcher.IsSilent)
        {
            return true;
        }

        if (fault is not (FakeFault.HalfObject or FakeFault.ResetInside))
        {
            await response.WriteAsync(line, isMoreToCome);
            return true;
        }

        await response.WriteAsync(line[..(line.Length / 2)]);
        if (fault is FakeFault.ResetInside)
        {
            response.Reset();
        }

        return false;
    }

    private static string Bookmark(FakeRequest request, long version, bool endsInitialEvents)
    {
        var resource = FakeResource.Of(request.Kind);
        var annotations = endsInitialEvents ? ""","annotations":{"k8s.io/initial-events-end":"true"}""" : "";
        return FakeEvent.Line(
            "BOOKMARK",
            $$"""{"kind":"{{resource.KindName}}","apiVersion":"{{resource.ApiVersion}}","metadata":{"resourceVersion":"{{version}}"{{annotations}}} }""");
    }
}
