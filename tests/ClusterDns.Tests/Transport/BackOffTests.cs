using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport;

internal sealed class BackOffTests
{
    [Test]
    public void Next_AfterManyFailures_StaysAtTheLongest()
    {
        var backOff = new BackOff();
        var waits = Enumerable.Range(0, 100).Select(_ => backOff.Next()).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waits[0], Is.EqualTo(BackOff.Shortest));
            Assert.That(waits[1], Is.EqualTo(BackOff.Shortest * 2));
            Assert.That(waits, Is.Ordered);
            Assert.That(waits[^1], Is.EqualTo(BackOff.Longest));
        }
    }

    [Test]
    public void Reset_AfterFailures_BeginsAnew()
    {
        var backOff = new BackOff();
        backOff.Next();
        backOff.Next();

        backOff.Reset();

        Assert.That(backOff.Next(), Is.EqualTo(BackOff.Shortest));
    }
}
