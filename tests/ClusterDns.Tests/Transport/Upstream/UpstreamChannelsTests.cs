using System.Net;
using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

[TestFixture]
internal sealed class UpstreamChannelsTests
{
    [Test]
    public void Sweep_AChannelThatThrowsAsItCloses_IsToldAndTheOthersAreRetired()
    {
        using var log = new LogCapture();
        var clock = new ManualClock();
        var target = new UpstreamTarget(new IPEndPoint(IPAddress.Loopback, 53));
        var context = new UpstreamContext(target, new UpstreamOptions(), clock, log.CreateLogger("plugin/forward"));
        var channels = new UpstreamChannels(context, maxActive: 3, maxOpen: 3, () => { });
        StubChannel[] all = [new(context), new(context) { ThrowsOnClose = true }, new(context)];
        foreach (var channel in all)
        {
            channels.TryAdd(channel);
        }

        clock.Advance(UpstreamOptions.DefaultExpire);
        channels.Sweep();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all.Select(channel => channel.IsClosed), Is.EqualTo([true, false, true]));
            Assert.That(log.Lines, Is.EqualTo(
                ["[Error] plugin/forward: upstream 127.0.0.1:53: a connection was lost to a fault (0 more since the last such line)"]));
        }
    }

    private sealed class StubChannel(UpstreamContext context) : UpstreamChannel(context, 1)
    {
        public bool ThrowsOnClose { get; init; }

        public bool IsClosed { get; private set; }

        public override bool CompletesAsynchronously => true;

        protected override TimeSpan MaxAge => TimeSpan.Zero;

        protected override Task RunAsync() => Task.CompletedTask;

        protected override bool HasBeenUsed(int queries) => false;

        protected override void Close() => IsClosed = !ThrowsOnClose ? true : throw new InvalidOperationException("a bug");

        protected override string TimeoutText() => "";
    }
}
