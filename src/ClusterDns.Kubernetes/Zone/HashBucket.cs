using System.Runtime.CompilerServices;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// What one hash holds: nothing, one item, or a sorted array of them. The array is an <c>object[]</c>, because asking
/// for exactly that type is one comparison, and asking for a <c>T[]</c> in shared generic code is a call.
/// </summary>
internal readonly struct HashBucket<T>(object? content)
    where T : class, IComparable<T>
{
    private readonly object? _content = content;

    public int Count => _content is null ? 0 : HoldsMany ? Many.Length : 1;

    private bool HoldsMany => _content!.GetType() == typeof(object[]);

    private object[] Many => Unsafe.As<object[]>(_content!);

    public T this[int index] => Unsafe.As<T>(HoldsMany ? Many[index] : _content!);

    /// <summary>What the hash holds once <paramref name="item"/> is in.</summary>
    public object With(T item)
    {
        if (_content is null)
        {
            return item;
        }

        var wider = new object[Count + 1];
        var at = 0;
        for (; at < Count && this[at].CompareTo(item) < 0; at++)
        {
            wider[at] = this[at];
        }

        wider[at] = item;
        for (; at < Count; at++)
        {
            wider[at + 1] = this[at];
        }

        return wider;
    }

    /// <summary>What the hash holds once <paramref name="item"/>, which sorts as <paramref name="old"/> does, stands in its place.</summary>
    public object With(T old, T item) => HoldsMany ? Array.ConvertAll(Many, other => ReferenceEquals(other, old) ? item : other) : item;

    /// <summary>What the hash holds once <paramref name="item"/> is out; null for nothing.</summary>
    public object? Without(T item)
    {
        if (_content is null || !HoldsMany)
        {
            return ReferenceEquals(_content, item) ? null : _content;
        }

        var rest = Array.FindAll(Many, other => !ReferenceEquals(other, item));
        return rest.Length == 1 ? rest[0] : rest;
    }
}
