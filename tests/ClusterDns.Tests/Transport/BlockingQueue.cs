using System.Collections.Concurrent;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport;

/// <summary>Hands things from a handler to the test, which waits for them, but not for ever.</summary>
internal sealed class BlockingQueue<T> : IDisposable
{
    private readonly BlockingCollection<T> _items = [];

    public int Count => _items.Count;

    public void Add(T item) => _items.Add(item);

    public T Take()
    {
        Assert.That(_items.TryTake(out var item, Eventually.Patience), Is.True, "nothing was handed over");
        return item!;
    }

    public void Dispose() => _items.Dispose();
}
