using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>
/// Each thing that an API server, a proxy or a network can do wrong: nothing untrue is told, and in the end the model has
/// what the server has.
/// </summary>
public sealed class WatchFaultTests
{
    private static IEnumerable<TestCaseData> Faults() => [.. AnswerFaults(), .. EventFaults()];

    private static IEnumerable<TestCaseData> AnswerFaults()
    {
        yield return Case("Reset", new FakeFault.Reset());
        yield return Case("Hang", new FakeFault.Hang());
        yield return Case("Silence", new FakeFault.Silence());
        yield return Case("Html", FakeFault.Html);
        yield return Case("HtmlCalledJson", new FakeFault.Body("<html></html>"));
        yield return Case("EmptyBody", new FakeFault.Body(""));
        yield return Case("EmptyObject", new FakeFault.Body("{}"));
        yield return Case("NumberForObject", new FakeFault.Body("5"));
        yield return Case("StatusCalledSuccess", new FakeFault.Body("""{"kind":"Status","status":"Failure","code":500}"""));
        yield return Case("ItemsNotAList", new FakeFault.Body("""{"metadata":{"resourceVersion":"1"},"items":5}"""));
        yield return Case("ListWithoutVersion", new FakeFault.Body("""{"metadata":{},"items":[]}"""));
        yield return Case("ListCut", new FakeFault.Body("""{"metadata":{"resourceVersion":"1"},"items":["""));
        yield return Case("NotModified", new FakeFault.Status(304));
        yield return Case("Redirect", new FakeFault.Body("", "text/plain", 302));
        yield return Case("BadRequest", new FakeFault.Status(400, "BadRequest"));
        yield return Case("Unauthorized", new FakeFault.Status(401, "Unauthorized"));
        yield return Case("Forbidden", new FakeFault.Status(403, "Forbidden"));
        yield return Case("NotFound", new FakeFault.Status(404, "NotFound"));
        yield return Case("Gone", new FakeFault.Status(410, "Gone"));
        yield return Case("TooMany", new FakeFault.Status(429, "TooManyRequests"));
        yield return Case("InternalError", new FakeFault.Status(500, "InternalError"));
        yield return Case("Unavailable", new FakeFault.Status(503, "ServiceUnavailable"));
        yield return Case("StatusOfWrongTypes", new FakeFault.Body("""{"code":"x","reason":[],"message":{}}""", Code: 500));
        yield return Case("StatusOfAMegabyte", new FakeFault.Body(new string('x', 1 << 20), "text/plain", 500));
        yield return Case("HalfObject", new FakeFault.HalfObject());
        yield return Case("ResetInside", new FakeFault.ResetInside());
    }

    private static IEnumerable<TestCaseData> EventFaults()
    {
        yield return Case("EventNoJson", new FakeFault.Line("hello"));
        yield return Case("EventHalfJson", new FakeFault.Line("""{"type":"ADDED","obj"""));
        yield return Case("EventNumber", new FakeFault.Line("5"));
        yield return Case("EventWithoutObject", new FakeFault.Line("""{"type":"ADDED"}"""));
        yield return Case("EventOfWrongTypes", new FakeFault.Line("""{"type":5,"object":[]}"""));
        yield return Case("EventObjectNull", new FakeFault.Line("""{"type":"ADDED","object":null}"""));
        yield return Case("EventObjectNameless", new FakeFault.Line("""{"type":"DELETED","object":{"metadata":{"name":""}}}"""));
        yield return Case("EventUnknown", new FakeFault.Line("""{"type":"MOVED","object":{"metadata":{"name":"s1","namespace":"demo"}}}"""));
        yield return Case("EventBlank", new FakeFault.Line("\n\n"));
        yield return Case("ErrorExpired", FakeFault.ErrorEvent(410, "Expired"));
        yield return Case("ErrorGoneByReason", FakeFault.ErrorEvent(0, "Gone"));
        yield return Case("ErrorInternal", FakeFault.ErrorEvent(500, "InternalError"));
        yield return Case("ErrorOfWrongTypes", new FakeFault.Line("""{"type":"ERROR","object":"no"}"""));
    }

    private static WatchLimits LimitsFor(FakeFault fault) =>
        fault is FakeFault.Hang or FakeFault.Silence ? WatchedCluster.ImpatientLimits : WatchedCluster.QuickLimits;

    private static TestCaseData Case(string name, FakeFault fault) => new TestCaseData(fault).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Faults))]
    public async Task Start_FaultOnEveryKindsFirstRequests_ConvergesAllTheSame(FakeFault fault)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.PutSomeObjects();
        cluster.Server.Inject(fault, times: 9);
        cluster.Start(LimitsFor(fault));
        await cluster.UntilAsync(() => cluster.Server.FaultsAreUsedUp);
        await cluster.ConvergesAsync();
    }

    [TestCaseSource(nameof(AnswerFaults))]
    public async Task Pages_FaultOnSecondPage_SweepsNothingAndConverges(FakeFault fault)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.HasStreamedLists = false;
        cluster.PutSomeObjects();
        cluster.Start(LimitsFor(fault));
        await cluster.ConvergesAsync();
        cluster.Server.Compact();
        cluster.Server.Inject(fault, ResourceKind.Service, FakeCall.NextPage, times: 2);
        cluster.PutService("s1", 80);
        cluster.Delete(ResourceKind.Service, "demo", "s5");
        cluster.Server.Disconnect();
        await cluster.UntilAsync(() => cluster.Server.FaultsAreUsedUp);
        await cluster.ConvergesAsync();
    }

    [TestCaseSource(nameof(Faults))]
    public async Task Watch_FaultWhenItResumes_ConvergesAllTheSame(FakeFault fault)
    {
        await using var cluster = await WatchedCluster.FollowAsync(limits: LimitsFor(fault));
        cluster.Server.Inject(fault, ResourceKind.Service, FakeCall.Watch, times: 3);
        cluster.Server.Disconnect();
        cluster.PutService("s1", 81);
        cluster.Delete(ResourceKind.Service, "demo", "s2");
        cluster.PutService("new", 82);
        await cluster.UntilAsync(() => cluster.Server.FaultsAreUsedUp);
        await cluster.ConvergesAsync();
    }

    [Test]
    public async Task Watch_GoesSilent_IsGivenUpAndResumed()
    {
        var limits = WatchedCluster.ImpatientLimits with { WatchLength = TimeSpan.FromMinutes(10) };
        await using var cluster = await WatchedCluster.FollowAsync(limits: limits);
        await cluster.UntilAsync(() => cluster.Server.OpenWatches == 3);
        cluster.Server.SilenceWatches();
        cluster.PutService("s1", 83);
        cluster.Delete(ResourceKind.EndpointSlice, "demo", "s1-x");
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Model.Lists(ResourceKind.Service), Is.EqualTo(1), "resumed, not listed");
            Assert.That(cluster.Log.Lines, Has.Some.Contain("Failed to watch services: the API server was silent for too long"));
        }
    }

    [Test]
    public async Task Watch_SilentWithoutBookmarksEver_IsGivenUpAfterItsOwnLength()
    {
        var limits = WatchedCluster.ImpatientLimits with { BookmarkSilence = TimeSpan.FromMinutes(10) };
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.BookmarkInterval = TimeSpan.FromMinutes(1);
        cluster.Server.HasStreamedLists = false;
        cluster.PutSomeObjects();
        cluster.Start(limits);
        await cluster.ConvergesAsync();
        await cluster.UntilAsync(() => cluster.Server.OpenWatches == 3);
        cluster.Server.SilenceWatches();
        cluster.PutService("s1", 84);
        await cluster.ConvergesAsync();
    }

    [Test]
    public async Task Watch_RunsItsTime_ResumesWithoutAListOrALine()
    {
        var limits = WatchedCluster.QuickLimits with { WatchLength = TimeSpan.FromMilliseconds(500) };
        await using var cluster = await WatchedCluster.FollowAsync(limits: limits);
        await cluster.UntilAsync(() => cluster.Server.Requests.Count(request => request.Kind == ResourceKind.Service) > 3);
        cluster.PutService("s1", 85);
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Model.Lists(ResourceKind.Service), Is.EqualTo(1));
            Assert.That(cluster.Log.Lines, Is.Empty);
        }
    }

    [Test]
    public async Task Watch_BreaksAtTheSameVersionAgainAndAgain_IsGivenUpForAList()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        cluster.Server.Inject(new FakeFault.Line("hello"), ResourceKind.Service, FakeCall.ResumedWatch, times: int.MaxValue);
        cluster.Server.Disconnect();
        cluster.PutService("s1", 86);
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Service) > 1);
        await cluster.ConvergesAsync();
    }

    [Test]
    public async Task Watch_BreaksSoonAfterAnOutage_IsResumedAtOnce()
    {
        var limits = WatchedCluster.QuickLimits with
        {
            FirstResumeDelay = TimeSpan.FromMilliseconds(20),
            LongestResumeDelay = TimeSpan.FromMilliseconds(400),
        };
        await using var cluster = await WatchedCluster.FollowAsync(limits: limits);
        cluster.Server.Inject(new FakeFault.Status(503, "ServiceUnavailable"), ResourceKind.Service, times: 6);
        cluster.Server.Inject(new FakeFault.Line("hello"), ResourceKind.Service);
        cluster.Server.Disconnect();
        cluster.PutService("s1", 89);
        await cluster.ConvergesAsync();

        Assert.That(cluster.Log.Lines, Has.Some.Match(@"Failed to watch services: .*is no JSON.*; trying again in 0\.0 s"));
    }

    [Test]
    public async Task Watch_LineWithoutEnd_IsGivenUpAtTheLimit()
    {
        var limits = WatchedCluster.QuickLimits with { MaxObjectBytes = 64 << 10 };
        await using var cluster = await WatchedCluster.FollowAsync(limits: limits);
        cluster.Server.Inject(new FakeFault.Body(new string(' ', 1 << 20)), ResourceKind.Service, FakeCall.Watch);
        cluster.Server.Disconnect();
        cluster.PutService("s1", 87);
        await cluster.ConvergesAsync();
        Assert.That(cluster.Log.Lines, Has.Some.Contain("an event of over 65536 octets"));
    }

    [Test]
    public async Task List_ObjectWithoutEnd_IsGivenUpAtTheLimit()
    {
        var limits = WatchedCluster.QuickLimits with { MaxObjectBytes = 64 << 10 };
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.HasStreamedLists = false;
        cluster.PutSomeObjects();
        var monster = $$"""{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"{{new string('x', 1 << 20)}}"} }]}""";
        cluster.Server.Inject(new FakeFault.Body(monster), ResourceKind.Service, FakeCall.List);
        cluster.Start(limits);
        await cluster.ConvergesAsync();
        Assert.That(cluster.Log.Lines, Has.Some.Contain("an object of over 65536 octets"));
    }

    [Test]
    public async Task Server_AwayForAWhile_ComesBackWithoutAList()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        cluster.Server.Inject(new FakeFault.Reset(), times: 20);
        cluster.Server.Disconnect();
        cluster.PutService("s1", 88);
        await cluster.UntilAsync(() => cluster.Server.FaultsAreUsedUp);
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Model.Lists(ResourceKind.Service), Is.EqualTo(1));
            Assert.That(cluster.Log.Lines, Has.Some.Match("^Information: Following services again; failed attempts: [0-9]+$"));
        }
    }
}
