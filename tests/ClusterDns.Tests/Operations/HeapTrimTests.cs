using ClusterDns.Operations;
using ClusterDns.Testing;
using ClusterDns.Tests.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations;

internal sealed class HeapTrimTests
{
    [Test]
    public async Task Look_WithListsSinceTheLastTrim_TrimsOnceForAllOfThem()
    {
        var clock = new ManualClock();
        using var stop = new CancellationTokenSource();
        var lists = 3L;
        var looks = 0;
        var trim = new HeapTrim(Count, NullLogger.Instance, clock);
        trim.Trim();
        var running = trim.RunAsync(stop.Token);

        lists = 7;
        await LookAsync();
        Assert.That(trim.Trims, Is.EqualTo(2));

        await LookAsync();
        Assert.That(trim.Trims, Is.EqualTo(2), "nothing was listed since");

        // A reload that watches another cluster begins to count anew.
        lists = 1;
        await LookAsync();
        Assert.That(trim.Trims, Is.EqualTo(3));

        await stop.CancelAsync();
        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());

        long Count()
        {
            looks++;
            return Volatile.Read(ref lists);
        }

        async Task LookAsync()
        {
            var before = Volatile.Read(ref looks);
            clock.Advance(HeapTrim.Interval);
            await Eventually.IsTrue(() => Volatile.Read(ref looks) > before, "the heap is looked at");
        }
    }
}
