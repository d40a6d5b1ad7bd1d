using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport;

internal sealed class BoundedPoolTests
{
    [Test]
    public void TryRent_AfterReturn_GivesTheSameObject()
    {
        var pool = new BoundedPool<object>(4);
        var item = new object();
        pool.Return(item);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pool.TryRent(out var rented), Is.True);
            Assert.That(rented, Is.SameAs(item));
            Assert.That(pool.TryRent(out _), Is.False, "it holds no more");
        }
    }

    [Test]
    public void Return_BeyondTheCapacity_IsDropped()
    {
        var pool = new BoundedPool<object>(2);
        for (var i = 0; i < 5; i++)
        {
            pool.Return(new object());
        }

        var rented = 0;
        while (pool.TryRent(out _))
        {
            rented++;
        }

        Assert.That(rented, Is.EqualTo(2));
    }
}
