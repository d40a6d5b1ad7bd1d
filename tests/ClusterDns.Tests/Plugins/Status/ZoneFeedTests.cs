using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Status;
using ClusterDns.Plugins.Status.Feed;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class ZoneFeedTests
{
    private static readonly ObjectKey Web = new("shop", "web");

    private ZoneFeed _feed = null!;

    [SetUp]
    public void Begin() => _feed = new ZoneFeed(new ManualClock());

    [Test]
    public void Note_List_IsOneLineHoweverLong()
    {
        var listener = new ClusterListener(_feed, isListing: true);
        listener.Note(ClusterChange.RelistStarted(ResourceKind.Service));
        for (var i = 0; i < 1000; i++)
        {
            listener.Note(new ClusterChange(ClusterAction.Put, ResourceKind.Service, Web));
        }

        listener.Note(ClusterChange.RelistFinished(ResourceKind.Service));
        listener.Note(new ClusterChange(ClusterAction.Put, ResourceKind.Service, Web));
        listener.Note(ClusterChange.Remove(ResourceKind.Service, Web));

        Assert.That(
            _feed.ReadAfter(0).Select(change => (change.Action, change.Key, change.Count)),
            Is.EqualTo(
            [
                (ClusterAction.RelistFinished, default(ObjectKey), 1000),
                (ClusterAction.Put, Web, 0),
                (ClusterAction.Remove, Web, 0),
            ]));
    }

    [Test]
    public void ReadAfter_MoreThanAreKept_GivesTheLastInOrder()
    {
        for (var i = 0; i < StatusLimits.Changes + 7; i++)
        {
            _feed.Add(ClusterAction.Put, ResourceKind.Pod, Web);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                _feed.ReadAfter(0).Select(change => change.Number), Is.EqualTo(Enumerable.Range(8, StatusLimits.Changes)));
            Assert.That(_feed.ReadAfter(StatusLimits.Changes + 5).Select(change => change.Number), Is.EqualTo([206, 207]));
            Assert.That(_feed.ReadAfter(1_000_000), Is.Empty);
        }
    }
}
