using System.Collections.Concurrent;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>What metrics are told.</summary>
public sealed class ObserverTests
{
    [Test]
    public async Task Observer_WholeLifeOfAWatch_IsTold()
    {
        await using var cluster = await WatchedCluster.CreateAsync(new ClusterSourceOptions { MaxRequestsPerSecond = 20, RequestBurst = 1 });
        cluster.PutSomeObjects();
        var observer = new Notes();
        cluster.Start(observer: observer);
        await cluster.ConvergesAsync();
        cluster.PutService("s1", 94);
        await cluster.UntilAsync(() => observer.Has("event Service") && observer.Has("bookmark Service"));
        cluster.Server.Inject(new FakeFault.Reset(), ResourceKind.Service);
        cluster.Server.Inject(new FakeFault.Status(410, "Expired"), ResourceKind.Service);
        cluster.Server.Disconnect();
        await cluster.UntilAsync(() => cluster.Model.Lists(ResourceKind.Service) == 2);
        await cluster.ConvergesAsync();
        var host = $"127.0.0.1:{cluster.Server.Url.Port}";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(observer.Has($"GET {host} 200"), Is.True);
            Assert.That(observer.Has($"GET {host} 410"), Is.True);
            Assert.That(observer.Has($"GET {host} none"), Is.True);
            Assert.That(observer.Has($"throttle GET {host}"), Is.True);
            Assert.That(observer.Has("listed Namespace"), Is.True);
            Assert.That(observer.Has($"opened {host}"), Is.True);
            Assert.That(observer.Has("following Service"), Is.True);
            Assert.That(observer.Has("interrupted Service True Expired"), Is.True);
            Assert.That(observer.Has("interrupted Namespace False Failed"), Is.True);
        }
    }

    /// <summary>Octets that are neither an event nor a bookmark do not make up for them.</summary>
    [Test]
    public async Task Watch_NothingButBlankLines_IsInterruptedAsSilent()
    {
        await using var cluster = await WatchedCluster.CreateAsync();
        cluster.PutSomeObjects();
        var observer = new Notes();
        cluster.Start(WatchedCluster.ImpatientLimits with { WatchLength = TimeSpan.FromMinutes(10) }, observer);
        await cluster.ConvergesAsync();
        cluster.Server.Inject(new FakeFault.BlankLines(), ResourceKind.Service, FakeCall.ResumedWatch);
        cluster.Server.Disconnect();
        cluster.PutService("s1", 89);
        cluster.Delete(ResourceKind.Service, "demo", "s2");
        await cluster.ConvergesAsync();
        Assert.That(observer.Has("interrupted Service False Silent"), Is.True);
    }

    private sealed class Notes : ApiServerObserver
    {
        private readonly ConcurrentDictionary<string, bool> _notes = new();

        public bool Has(string note) => _notes.ContainsKey(note);

        public override void RequestFinished(string method, string host, int? statusCode, TimeSpan duration) =>
            _notes[$"{method} {host} {statusCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}"] = true;

        public override void ThrottlePassed(string method, string host, TimeSpan waited)
        {
            if (waited > TimeSpan.Zero)
            {
                _notes[$"throttle {method} {host}"] = true;
            }
        }

        public override void Listed(ResourceKind kind, string? resourceVersion, DateTimeOffset at) => _notes[$"listed {kind}"] = true;

        public override void EventReceived(ResourceKind kind, string? resourceVersion, DateTimeOffset at) => _notes[$"event {kind}"] = true;

        public override void BookmarkReceived(ResourceKind kind, string? resourceVersion, DateTimeOffset at) => _notes[$"bookmark {kind}"] = true;

        public override void Opened(string host) => _notes[$"opened {host}"] = true;

        public override void Following(ResourceKind kind) => _notes[$"following {kind}"] = true;

        public override void Interrupted(ResourceKind kind, bool relists, InterruptionReason reason, string text) =>
            _notes[$"interrupted {kind} {relists} {reason}"] = true;
    }
}
