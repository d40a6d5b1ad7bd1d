using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// Applies changes of one kind. Each answers whether the change is relevant for the serial: something was added,
/// removed, or is answered differently now.
/// </summary>
internal abstract class KindWriter
{
    /// <summary>Number of the current list: objects that carry an older one were not in it.</summary>
    protected int Generation { get; private set; }

    public bool IsListing { get; private set; }

    public abstract bool Put(ObjectKey key, object? record);

    public abstract bool Remove(ObjectKey key);

    /// <summary>
    /// Puts what was true some time ago. What is known by now stays, and the list that is under way, or the next one,
    /// decides whether the object does.
    /// </summary>
    public bool Restore(ObjectKey key, object? record)
    {
        if (Has(key))
        {
            return false;
        }

        // A list that has begun may be past the object already, and must not take it for one of its own.
        var current = Generation;
        Generation -= IsListing ? 1 : 0;
        try
        {
            return Put(key, record);
        }
        finally
        {
            Generation = current;
        }
    }

    public void StartRelist()
    {
        Generation++;
        IsListing = true;
    }

    /// <summary>Removes what was not put since the list began.</summary>
    public bool FinishRelist()
    {
        IsListing = false;
        return Sweep();
    }

    protected abstract bool Has(ObjectKey key);

    protected abstract bool Sweep();
}
