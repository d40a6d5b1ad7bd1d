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

    protected abstract bool Sweep();
}
