using ClusterDns.Transport.Tcp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

internal sealed class AsyncSignalTests
{
    [Test]
    public void WaitAsync_AfterASignal_EndsAtOnceAndTakesIt()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signal.WaitAsync().IsCompleted, Is.True);
            Assert.That(signal.WaitAsync().IsCompleted, Is.False);
        }
    }

    [Test]
    public async Task WaitAsync_BeforeASignal_EndsWithIt()
    {
        var signal = new AsyncSignal();
        var waiting = signal.WaitAsync();
        var before = waiting.IsCompleted;

        signal.Set();
        await waiting.WaitAsync(Eventually.Patience);

        Assert.That(before, Is.False);
    }

    [Test]
    public async Task WaitAsync_WhileManySignal_MissesNoChange()
    {
        const int Changes = 200_000;
        var signal = new AsyncSignal();
        var changes = 0;
        var waiting = WaitForAllAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Changes / 4; i++)
            {
                Interlocked.Increment(ref changes);
                signal.Set();
            }
        })));
        await waiting.WaitAsync(Eventually.Patience);

        Assert.That(changes, Is.EqualTo(Changes));

        async Task WaitForAllAsync()
        {
            while (Volatile.Read(ref changes) < Changes)
            {
                await signal.WaitAsync();
            }
        }
    }
}
