using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>What the source asks for and tells while all is well.</summary>
public sealed class ApiServerSourceTests
{
    [Test]
    public async Task Source_ServerWithStreamedLists_IsFollowedFromThem()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        Assert.That(cluster.Server.Requests, Has.All.Property("IsStreamedList").True);
    }

    [TestCase(400)]
    [TestCase(422)]
    public async Task Source_ServerWithoutStreamedLists_IsListedByPagesAndAskedNoMore(int refusal)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.StreamedListRefusal = refusal;
        cluster.PutSomeObjects();
        cluster.Start();
        await cluster.ConvergesAsync();
        cluster.Server.Compact();
        cluster.Server.Disconnect();
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Service) > 1);
        await cluster.ConvergesAsync();
        var services = cluster.Server.Requests.Where(request => request.Kind == ResourceKind.Service).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(services.Count(request => request.IsStreamedList), Is.EqualTo(1));
            Assert.That(services.Count(request => request.Parameters.ContainsKey("continue")), Is.GreaterThanOrEqualTo(4));
            Assert.That(services[1].Parameters["resourceVersion"], Is.EqualTo("0"), "any version will do for the first list");
            Assert.That(
                services.Where(request => request.IsFirstPage).Skip(1),
                Has.All.Property("Parameters").Not.ContainKey("resourceVersion"),
                "only the newest will do for those after it");
        }
    }

    [Test]
    public async Task Source_ChangesOnServer_AreTold([Values] bool streams)
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.HasStreamedLists = streams;
        cluster.PutSomeObjects();
        cluster.Start();
        await cluster.ConvergesAsync();
        cluster.PutService("s1", 77);
        cluster.PutService("new", 78);
        cluster.Delete(ResourceKind.Service, "demo", "s2");
        cluster.PutSlice("s1-x", 79);
        cluster.Delete(ResourceKind.EndpointSlice, "demo", "s3-x");
        cluster.Put(ResourceKind.Namespace, """{"metadata":{"name":"later"}}""");
        cluster.Delete(ResourceKind.Namespace, "", "shop");
        await cluster.ConvergesAsync();
        Assert.That(cluster.Model.Lists(ResourceKind.Service), Is.EqualTo(1), "told by the watch, not by a list");
    }

    [Test]
    public async Task Source_EmptyCluster_IsListed([Values] bool streams)
    {
        await using var cluster = await WatchedCluster.CreateAsync(new ClusterSourceOptions { WatchPods = true });
        cluster.Server.HasStreamedLists = streams;
        cluster.Start();
        await cluster.ConvergesAsync();
        Assert.That(cluster.Source.Kinds, Is.EqualTo(new[]
        {
            ResourceKind.Namespace, ResourceKind.Service, ResourceKind.EndpointSlice, ResourceKind.Pod,
        }));
    }

    [Test]
    public async Task Source_NoEndpoints_AsksForNone()
    {
        await using var cluster = await WatchedCluster.FollowAsync(new ClusterSourceOptions { EndpointSource = EndpointSource.None });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Source.Kinds, Is.EqualTo(new[] { ResourceKind.Namespace, ResourceKind.Service }));
            Assert.That(cluster.Server.Requests, Has.None.Property("Kind").EqualTo(ResourceKind.EndpointSlice));
        }
    }

    [Test]
    public async Task Source_Selectors_AreTheServersWork()
    {
        await using var cluster = await WatchedCluster.CreateAsync(new ClusterSourceOptions
        {
            LabelSelector = "app=web,tier!=back",
            NamespaceLabelSelector = "public",
        });
        cluster.Put(ResourceKind.Namespace, """{"metadata":{"name":"in","labels":{"public":""}}}""");
        cluster.Put(ResourceKind.Namespace, """{"metadata":{"name":"out"}}""");
        cluster.Put(ResourceKind.Service, """{"metadata":{"name":"in","namespace":"in","labels":{"app":"web"}},"spec":{}}""");
        cluster.Put(ResourceKind.Service, """{"metadata":{"name":"out","namespace":"in","labels":{"app":"web","tier":"back"}},"spec":{}}""");
        cluster.Start();
        await cluster.UntilAsync(() => cluster.Source.Kinds.All(kind => cluster.Model.Lists(kind) > 0));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Model.Of(ResourceKind.Namespace).Keys, Is.EqualTo(new[] { new ObjectKey("", "in") }));
            Assert.That(cluster.Model.Of(ResourceKind.Service).Keys, Is.EqualTo(new[] { new ObjectKey("in", "in") }));
        }
    }

    [Test]
    public async Task Source_ObjectThatStopsToMatch_IsRemoved()
    {
        await using var cluster = await WatchedCluster.CreateAsync(new ClusterSourceOptions { LabelSelector = "app" });
        cluster.Put(ResourceKind.Service, """{"metadata":{"name":"a","namespace":"n","labels":{"app":"web"}},"spec":{}}""");
        cluster.Start();
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Service).Count == 1);
        cluster.Put(ResourceKind.Service, """{"metadata":{"name":"a","namespace":"n"},"spec":{}}""");
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Service).Count == 0);
    }

    [Test]
    public async Task Source_Pods_AreThoseThatRun()
    {
        await using var cluster = await WatchedCluster.CreateAsync(new ClusterSourceOptions { WatchPods = true });
        PutPod(cluster, "runs", "Running", "10.1.0.1");
        PutPod(cluster, "starts", "Pending", "");
        PutPod(cluster, "ended", "Succeeded", "10.1.0.2");
        cluster.Start();
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Pod) > 0);
        Assert.That(cluster.Model.Of(ResourceKind.Pod).Keys, Is.EqualTo(new[] { new ObjectKey("demo", "runs") }));

        PutPod(cluster, "starts", "Running", "10.1.0.3");
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Pod).Count == 2);
        PutPod(cluster, "runs", "Failed", "10.1.0.1");
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Pod).Count == 1);
        cluster.Put(ResourceKind.Pod, """
            {"metadata":{"name":"starts","namespace":"demo","deletionTimestamp":"2026-01-02T03:04:05Z"},"status":{"phase":"Running","podIP":"10.1.0.3"}}
            """);
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Pod).Count == 0);
        Assert.That(
            cluster.Server.Requests.First(request => request.Kind == ResourceKind.Pod).Parameters["fieldSelector"],
            Is.EqualTo("status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown"));
    }

    [Test]
    public async Task Source_Requests_NameTheProgramAndAskForCompression()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        var headers = cluster.Server.Requests[0].Headers;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(headers["User-Agent"], Does.Match(@"^ClusterDns/\d+\.\d+\.\d+$"));
            Assert.That(headers["Accept-Encoding"], Is.EqualTo("gzip"));
            Assert.That(headers["Accept"], Is.EqualTo("application/json"));
        }
    }

    [Test]
    public async Task Source_OddObject_IsServedInPartAndToldOnce()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        cluster.Put(ResourceKind.Service, """{"metadata":{"name":"odd","namespace":"demo"},"spec":{"clusterIP":"hello","ports":[{"port":80}]}}""");
        cluster.Put(ResourceKind.Service, """{"metadata":{"name":"worse","namespace":"demo"},"spec":5}""");
        cluster.PutService("last", 9);
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Service).ContainsKey(new ObjectKey("demo", "last")));
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Log.Lines, Has.One.StartsWith(
                "Warning: Object demo/odd of services is served in part: spec.clusterIP is \"hello\", not an IP address"));
            Assert.That(cluster.Log.Lines, Has.One.StartsWith("Warning: Object demo/worse of services is left out: has no spec"));
        }
    }

    private static void PutPod(WatchedCluster cluster, string name, string phase, string address) => cluster.Put(ResourceKind.Pod, $$$"""
        {"metadata":{"name":"{{{name}}}","namespace":"demo"},"status":{"phase":"{{{phase}}}","podIP":"{{{address}}}"}}
        """);
}
