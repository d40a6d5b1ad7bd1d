using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>The API server has forgotten the place where a watch would resume, and says so in one of its ways.</summary>
public sealed class RelistTests
{
    [Test]
    public async Task Watch_VersionTooOld_ListsAgainAndSweepsWhatIsGone([Values] bool byEvent, [Values] bool streams)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.HasStreamedLists = streams;
        cluster.Server.ExpiresByEvent = byEvent;
        cluster.PutSomeObjects();
        cluster.Start();
        await cluster.ConvergesAsync();
        await LoseHistoryAsync(cluster);
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Service) > 1);
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Model.Of(ResourceKind.Service), Does.Not.ContainKey(new ObjectKey("demo", "s2")));
            Assert.That(cluster.Log.Lines, Has.Some.StartsWith("Information: Listing services anew in "));
        }
    }

    [Test]
    public async Task Pages_TokenTooOld_StartsOverAndSweepsNothingBetween()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.HasStreamedLists = false;
        cluster.PutSomeObjects();
        cluster.Server.Inject(new FakeFault.Status(410, "Expired"), ResourceKind.Service, FakeCall.NextPage, times: 3);
        cluster.Start();
        await cluster.ConvergesAsync();
        var pages = cluster.Server.Requests.Where(request => request.Kind == ResourceKind.Service && !request.IsWatch).ToList();
        Assert.That(pages.Count(page => page.IsFirstPage), Is.EqualTo(4));
    }

    [Test]
    public async Task StreamedList_EndsBeforeItIsWhole_IsNotSweptAndTriedByPages()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        cluster.Server.Inject(new FakeFault.Status(410, "Expired"), ResourceKind.Service, FakeCall.ResumedWatch);
        cluster.Server.Inject(new FakeFault.HalfObject(), ResourceKind.Service, FakeCall.StreamedList);
        cluster.Delete(ResourceKind.Service, "demo", "s4");
        cluster.Server.Disconnect();
        await cluster.UntilAsync(() => cluster.Server.FaultsAreUsedUp);
        await cluster.ConvergesAsync();
        Assert.That(cluster.Server.Requests, Has.Some.Matches<FakeRequest>(request => request is { Kind: ResourceKind.Service, IsFirstPage: true }));
    }

    /// <summary>A server that knows neither streamed lists nor that it should refuse them: a watch without any end mark.</summary>
    [Test]
    public async Task StreamedList_ServerTakesItForAPlainWatch_IsTriedByPages()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.PutSomeObjects();
        cluster.Server.BookmarkInterval = TimeSpan.FromMinutes(1);
        cluster.Server.Inject(new FakeFault.Silence(), ResourceKind.Service, FakeCall.StreamedList);
        cluster.Start(WatchedCluster.ImpatientLimits);
        await cluster.ConvergesAsync();
        Assert.That(cluster.Server.Requests, Has.Some.Matches<FakeRequest>(request => request is { Kind: ResourceKind.Service, IsFirstPage: true }));
    }

    [Test]
    public async Task Bookmark_OfAnOlderVersion_ListsAgain()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        await cluster.UntilAsync(() => cluster.Server.OpenWatches == 3);
        cluster.Server.GoBack(versions: 5);
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Service) > 1);
        cluster.PutService("s1", 90);
        await cluster.ConvergesAsync();
        Assert.That(cluster.Log.Lines, Has.Some.Contain("the API server has gone back to an older version"));
    }

    [Test]
    public async Task Relist_OneKind_LeavesTheOthersAlone()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        cluster.Server.Inject(new FakeFault.Status(410, "Expired"), ResourceKind.Service, FakeCall.ResumedWatch);
        cluster.Server.Disconnect();
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Service) > 1);
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Model.Lists(ResourceKind.Namespace), Is.EqualTo(1));
            Assert.That(cluster.Model.Lists(ResourceKind.EndpointSlice), Is.EqualTo(1));
        }
    }

    /// <summary>API servers that restart one after the other: each list was followed, so none makes the next one wait longer.</summary>
    [Test]
    public async Task Relist_AgainAndAgainAfterListsThatWereFollowed_IsNotPutOff()
    {
        const int Restarts = 20;
        await using var cluster = await WatchedCluster.FollowAsync(limits: WatchedCluster.QuickLimits with
        {
            SoundList = TimeSpan.FromTicks(1),
            LongestRelistDelay = TimeSpan.FromHours(1),
        });
        for (var restart = 1; restart <= Restarts; restart++)
        {
            await cluster.UntilAsync(() => cluster.Server.OpenWatches == 3);
            cluster.Server.Inject(new FakeFault.Status(410, "Expired"), ResourceKind.Service, FakeCall.ResumedWatch);
            cluster.Server.Disconnect();
            await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Service) > restart);
        }

        await cluster.ConvergesAsync();
    }

    // While nobody watches, so that the watch comes back to a version from before the compaction.
    private static async Task LoseHistoryAsync(WatchedCluster cluster)
    {
        await cluster.UntilAsync(() => cluster.Server.OpenWatches == 3);
        cluster.Server.SilenceWatches();
        cluster.Delete(ResourceKind.Service, "demo", "s2");
        cluster.PutService("s1", 91);
        cluster.Server.Compact();
        cluster.Server.Disconnect();
    }
}
