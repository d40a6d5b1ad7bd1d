using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>What people read when the API server does not do its part.</summary>
public sealed class TroubleLogTests
{
    [TestCase(ResourceKind.EndpointSlice, "endpointslices", "discovery.k8s.io")]
    [TestCase(ResourceKind.Service, "services", "")]
    public async Task Forbidden_OneKind_NamesTheRuleOnceAndLeavesTheOthersAlone(ResourceKind kind, string plural, string group)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.PutSomeObjects();
        cluster.Server.Inject(new FakeFault.Status(403, "Forbidden"), kind, times: int.MaxValue);
        cluster.Start();
        await cluster.UntilAsync(() => cluster.Server.Requests.Count(request => request.Kind == kind) > 20);
        var others = cluster.Source.Kinds.Where(other => other != kind);
        await cluster.UntilAsync(() => others.All(other => cluster.Model.Lists(other) == 1));
        Assert.That(
            cluster.Log.Lines,
            Is.EqualTo(new[]
            {
                $"Error: Not allowed to watch {plural}: the API server answered 403 Forbidden: by request; add to the ClusterRole: "
                + $"- {{apiGroups: [\"{group}\"], resources: [\"{plural}\"], verbs: [\"list\", \"watch\"]}}",
            }));

        cluster.Server.ClearFaults();
        await cluster.ConvergesAsync();
        await cluster.UntilAsync(() => cluster.Log.Lines.Any(line => line.StartsWith($"Information: Following {plural} again", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Unauthorized_AllKinds_SayThatTheCredentialsAreRefused()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.RequiredToken = "secret";
        cluster.Start();
        await cluster.UntilAsync(() => cluster.Log.Lines.Count >= 3);
        Assert.That(cluster.Log.Lines, Has.All.Match(
            "^Error: Token or client certificate not accepted when asking to watch [a-z]+: the API server answered 401 Unauthorized: by request$"));
    }

    [Test]
    public async Task Html_InPlaceOfAnAnswer_IsOneSentence()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.PutSomeObjects();
        cluster.Server.Inject(FakeFault.Html, ResourceKind.Service, times: 10);
        cluster.Start();
        await cluster.ConvergesAsync();
        Assert.That(cluster.Log.Lines[0], Does.Match(
            @"^Warning: Failed to (list|watch) services: the API server answered text/html instead of JSON; trying again in \d+\.\d s$"));
    }

    [Test]
    public async Task HalfAnEvent_IsOneSentence()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        cluster.Server.Inject(new FakeFault.HalfObject(), ResourceKind.Service, FakeCall.ResumedWatch);
        cluster.Server.Inject(new FakeFault.Status(503, "Busy"), ResourceKind.Service, FakeCall.ResumedWatch);
        cluster.Server.Disconnect();
        cluster.PutService("s1", 93);
        await cluster.ConvergesAsync();
        await cluster.UntilAsync(() => cluster.Server.FaultsAreUsedUp);
        Assert.That(cluster.Log.Lines, Has.One.Contain(
            "Failed to watch services: the API server's answer breaks off or is no JSON: the watch ends inside an event"));
    }

    [Test]
    public async Task StatusMessage_WithLineBreaks_StaysOnOneLine()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.Inject(
            new FakeFault.Body("""{"message":"a\nError: forged\u001b[31m","code":500}""", Code: 500), ResourceKind.Service, times: 2);
        cluster.Start();
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Log.Lines, Has.Some.Contain("500 Internal Server Error: a Error: forged [31m"));
            Assert.That(string.Concat(cluster.Log.Lines), Does.Not.Contain("\n").And.Not.Contain("\u001b"));
        }
    }

    [Test]
    public async Task RetryAfter_ManyHours_IsObeyedToTheBound()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.PutSomeObjects();
        cluster.Server.Inject(new FakeFault.Status(429, "TooManyRequests", RetryAfter: "36000"), ResourceKind.Service);
        cluster.Start(WatchedCluster.QuickLimits with { LongestRetryAfter = TimeSpan.FromMilliseconds(300) });
        await cluster.ConvergesAsync();
        Assert.That(cluster.Log.Lines, Has.Some.Contain("429").And.Some.EndsWith("trying again in 0.3 s"));
    }
}
