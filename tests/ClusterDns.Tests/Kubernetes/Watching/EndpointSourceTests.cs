using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>EndpointSlices or Endpoints: what is asked for, and what the zone is told that waits for one of them.</summary>
public sealed class EndpointSourceTests
{
    private static readonly ObjectKey Key = new("demo", "legacy");

    [Test]
    public async Task Endpoints_AskedFor_AreReadInPlaceOfSlices()
    {
        await using var cluster = await WatchedCluster.CreateAsync(new ClusterSourceOptions { EndpointSource = EndpointSource.Endpoints });
        PutEndpoints(cluster);
        cluster.Start();
        await cluster.ConvergesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Source.Kinds, Has.Member(ResourceKind.Endpoints).And.No.Member(ResourceKind.EndpointSlice));
            Assert.That(cluster.Model.Of(ResourceKind.Endpoints)[Key], Is.EqualTo("legacy: 10.1.0.1=a ports 1, not ready 1"));
        }
    }

    [Test]
    public async Task Auto_ServerWithSlices_NeverAsksForEndpoints()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        Assert.That(cluster.Server.Requests, Has.None.Property("Kind").EqualTo(ResourceKind.Endpoints));
    }

    [Test]
    public async Task Auto_ServerWithoutSlices_ReadsEndpointsAndCountsSlicesAsListed()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.HasEndpointSlices = false;
        PutEndpoints(cluster);
        cluster.Start(WatchedCluster.QuickLimits with { SliceRecheck = TimeSpan.FromMinutes(10) });
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.EndpointSlice) == 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cluster.Model.Of(ResourceKind.Endpoints), Contains.Key(Key), "told before the zone may call itself synced");
            Assert.That(cluster.Source.Kinds, Has.Member(ResourceKind.EndpointSlice).And.No.Member(ResourceKind.Endpoints));
            Assert.That(cluster.Log.Lines, Has.One.Contain("serves no EndpointSlices"));
        }

        cluster.Delete(ResourceKind.Endpoints, "demo", "legacy");
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Endpoints).Count == 0);
    }

    [Test]
    public async Task Auto_SlicesAppearLater_TakeOverAndTheStandInIsSwept()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.Server.HasEndpointSlices = false;
        PutEndpoints(cluster);
        cluster.Start();
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.EndpointSlice) == 1);
        cluster.PutSlice("late", 9);
        cluster.Server.HasEndpointSlices = true;
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.EndpointSlice).Count == 1);
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.Endpoints).Count == 0);
        cluster.PutSlice("later", 10);
        await cluster.UntilAsync(() => cluster.Model.Of(ResourceKind.EndpointSlice).Count == 2);
        Assert.That(cluster.Log.Lines, Has.One.Contain("serves EndpointSlices now"));
    }

    [Test]
    public async Task Auto_SlicesMissingAfterTheyWereListed_KeepsWhatIsKnown()
    {
        await using var cluster = await WatchedCluster.FollowAsync();
        cluster.Server.HasEndpointSlices = false;
        cluster.Server.Disconnect();
        await cluster.UntilAsync(() => cluster.Log.Lines.Any(line => line.Contains("Failed to watch endpointslices: the API server answered 404", StringComparison.Ordinal)));
        cluster.Server.HasEndpointSlices = true;
        cluster.PutSlice("s1-x", 92);
        await cluster.ConvergesAsync();
        Assert.That(cluster.Server.Requests, Has.None.Property("Kind").EqualTo(ResourceKind.Endpoints));
    }

    [Test]
    public async Task Slices_AskedForAndMissing_AreWaitedFor()
    {
        await using var cluster = await WatchedCluster.CreateAsync(new ClusterSourceOptions { EndpointSource = EndpointSource.Slices });
        cluster.Server.HasEndpointSlices = false;
        cluster.PutSomeObjects();
        cluster.Start();
        await cluster.UntilAsync(() => cluster.Log.Lines.Any(line => line.Contains("Failed to list endpointslices", StringComparison.Ordinal)));
        Assert.That(cluster.Model.Lists(ResourceKind.EndpointSlice), Is.Zero);
        cluster.Server.HasEndpointSlices = true;
        await cluster.ConvergesAsync();
    }

    private static void PutEndpoints(WatchedCluster cluster) => cluster.Put(ResourceKind.Endpoints, """
        {"metadata":{"name":"legacy","namespace":"demo"},"subsets":[{"addresses":[{"ip":"10.1.0.1","hostname":"a"}],
         "notReadyAddresses":[{"ip":"10.1.0.2"}],"ports":[{"name":"http","port":80}]}]}
        """);
}
