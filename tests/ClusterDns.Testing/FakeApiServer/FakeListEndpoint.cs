using System.Collections.Concurrent;
using System.Globalization;

namespace ClusterDns.Testing;

/// <summary>Serves lists, page by page out of one snapshot.</summary>
internal sealed class FakeListEndpoint(FakeStore store)
{
    private readonly ConcurrentDictionary<string, Snapshot> _snapshots = new();
    private int _tokens;

    private sealed record Snapshot(IReadOnlyList<FakeObject> Objects, int Start, long Version);

    public void ExpireTokens() => _snapshots.Clear();

    public async Task ServeAsync(FakeRequest request, FakeSelector selector, FakeResponse response, FakeFault? fault, bool gzip)
    {
        var parameters = request.Parameters;
        Snapshot? snapshot;
        if (parameters.TryGetValue("continue", out var token))
        {
            if (!_snapshots.TryGetValue(token, out snapshot))
            {
                await response.WriteStatusAsync(410, "Expired");
                return;
            }
        }
        else
        {
            var (objects, version) = store.List(request.Kind, selector);
            snapshot = new Snapshot(objects, 0, version);
        }

        var limit = parameters.TryGetValue("limit", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : int.MaxValue;
        await WriteAsync(FakeResource.Of(request.Kind), snapshot, limit, response, fault, gzip);
    }

    private async Task WriteAsync(FakeResource resource, Snapshot snapshot, int limit, FakeResponse response, FakeFault? fault, bool gzip)
    {
        await response.BeginAsync(gzip: gzip);
        var end = (int)Math.Min(snapshot.Objects.Count, (long)snapshot.Start + limit);
        await response.WriteAsync(
            $$"""{"kind":"{{resource.KindName}}List","apiVersion":"{{resource.ApiVersion}}","metadata":{{Metadata(snapshot, end)}},"items":[""");
        for (var index = snapshot.Start; index < end; index++)
        {
            var item = snapshot.Objects[index].Text;
            if (fault is FakeFault.HalfObject or FakeFault.ResetInside)
            {
                await response.WriteAsync(item[..(item.Length / 2)]);
                break;
            }

            await response.WriteAsync((index > snapshot.Start ? "," : "") + item, isMoreToCome: fault is null);
        }

        if (fault is FakeFault.ResetInside)
        {
            response.Reset();
        }
        else if (fault is not FakeFault.HalfObject)
        {
            await response.WriteAsync("]}\n");
        }

        await response.EndAsync();
    }

    private string Metadata(Snapshot snapshot, int end)
    {
        var version = snapshot.Version.ToString(CultureInfo.InvariantCulture);
        if (end == snapshot.Objects.Count)
        {
            return $$"""{"resourceVersion":"{{version}}"}""";
        }

        var token = $"page-{Interlocked.Increment(ref _tokens)}";
        _snapshots[token] = snapshot with { Start = end };
        return $$"""{"resourceVersion":"{{version}}","continue":"{{token}}","remainingItemCount":{{snapshot.Objects.Count - end}} }""";
    }
}
