using System.Runtime.CompilerServices;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>What one hash holds: nothing, one item, or a sorted array of them.</summary>
internal readonly struct HashBucket<T>(object? content)
    where T : class, IComparable<T>
{
    public int Count => content switch
    {
        null => 0,
        T[] many => many.Length,
        _ => 1,
    };

    public T this[int index] => content is T[] many ? many[index] : Unsafe.As<T>(content!);

    /// <summary>What the hash holds once <paramref name="item"/> is in.</summary>
    public object With(T item)
    {
        switch (content)
        {
            case null:
                return item;
            case T[] many:
                var at = ~Array.BinarySearch(many, item);
                at = at < 0 ? ~at : at;
                return (T[])[.. many.AsSpan(0, at), item, .. many.AsSpan(at)];
            default:
                var one = Unsafe.As<T>(content);
                return one.CompareTo(item) <= 0 ? new[] { one, item } : new[] { item, one };
        }
    }

    /// <summary>What the hash holds once <paramref name="item"/> is out; null for nothing.</summary>
    public object? Without(T item)
    {
        if (content is not T[] many)
        {
            return ReferenceEquals(content, item) ? null : content;
        }

        var at = Array.IndexOf(many, item);
        if (at < 0)
        {
            return many;
        }

        return many.Length == 2 ? many[1 - at] : (T[])[.. many.AsSpan(0, at), .. many.AsSpan(at + 1)];
    }
}
