using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>
/// A zone's bookkeeping without the zone: applies changes, with mark and sweep. Objects each change to the bystander who
/// knows what may be told.
/// </summary>
internal sealed class RecordingModel(Action<ResourceKind, ObjectKey, string?> onChanged)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ResourceKind Kind, ObjectKey Key), (string Text, int Generation)> _objects = [];
    private readonly Dictionary<ResourceKind, int> _generations = [];
    private readonly Dictionary<ResourceKind, int> _lists = [];

    /// <summary>Whole lists of a kind so far.</summary>
    public int Lists(ResourceKind kind)
    {
        lock (_lock)
        {
            return _lists.GetValueOrDefault(kind);
        }
    }

    public IReadOnlyDictionary<ObjectKey, string> Of(ResourceKind kind)
    {
        lock (_lock)
        {
            return _objects.Where(entry => entry.Key.Kind == kind).ToDictionary(entry => entry.Key.Key, entry => entry.Value.Text);
        }
    }

    public void Apply(in ClusterChange change)
    {
        lock (_lock)
        {
            var generation = _generations.GetValueOrDefault(change.Kind);
            switch (change.Action)
            {
                case ClusterAction.Put:
                    var text = RecordText.Of(change.Record);
                    _objects[(change.Kind, change.Key)] = (text, generation);
                    onChanged(change.Kind, change.Key, text);
                    break;
                case ClusterAction.Remove:
                    Remove(change.Kind, change.Key);
                    break;
                case ClusterAction.RelistStarted:
                    _generations[change.Kind] = generation + 1;
                    break;
                case ClusterAction.RelistFinished:
                    Sweep(change.Kind, generation);
                    _lists[change.Kind] = _lists.GetValueOrDefault(change.Kind) + 1;
                    break;
            }
        }
    }

    private void Sweep(ResourceKind kind, int generation)
    {
        var stale = _objects.Where(entry => entry.Key.Kind == kind && entry.Value.Generation < generation).Select(entry => entry.Key.Key).ToList();
        stale.ForEach(key => Remove(kind, key));
    }

    private void Remove(ResourceKind kind, ObjectKey key)
    {
        if (_objects.Remove((kind, key)))
        {
            onChanged(kind, key, null);
        }
    }
}
