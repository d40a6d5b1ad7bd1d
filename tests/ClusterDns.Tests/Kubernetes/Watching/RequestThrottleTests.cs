using ClusterDns.Kubernetes.Watching.Connection;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

public sealed class RequestThrottleTests
{
    [Test]
    public void Wait_NoRate_NeverWaits()
    {
        var throttle = new RequestThrottle(0, 0, new SteppedTime());
        Assert.That(Enumerable.Range(0, 1000).Select(_ => Place(throttle)), Has.All.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Wait_BurstIsUsedUp_QueuesAtTheRate()
    {
        var throttle = new RequestThrottle(10, 3, new SteppedTime());
        var waits = Enumerable.Range(0, 6).Select(_ => Place(throttle).TotalMilliseconds);
        Assert.That(waits, Is.EqualTo(new double[] { 0, 0, 0, 100, 200, 300 }).Within(1));
    }

    [Test]
    public void Wait_AfterAPause_HasItsBurstAgainAndNoMore()
    {
        var time = new SteppedTime();
        var throttle = new RequestThrottle(10, 2, time);
        Place(throttle);
        Place(throttle);
        time.Step(TimeSpan.FromHours(1));
        var waits = Enumerable.Range(0, 3).Select(_ => Place(throttle).TotalMilliseconds);
        Assert.That(waits, Is.EqualTo(new double[] { 0, 0, 100 }).Within(1));
    }

    private static TimeSpan Place(RequestThrottle throttle) => throttle.TakePlace();
}
