using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Tests.Kubernetes.Zone;

/// <summary>What the contract of <see cref="ClusterAction"/> says is there, by the plainest means.</summary>
internal sealed class ClusterModel
{
    private readonly Dictionary<(ResourceKind Kind, ObjectKey Key), ClusterChange> _objects = [];
    private readonly Dictionary<ResourceKind, HashSet<ObjectKey>> _listed = [];

    public IEnumerable<ClusterChange> Objects => _objects.Values;

    public void Apply(ClusterChange change)
    {
        switch (change.Action)
        {
            case ClusterAction.Put:
                _objects[(change.Kind, change.Key)] = change;
                _listed.GetValueOrDefault(change.Kind)?.Add(change.Key);
                break;
            case ClusterAction.Remove:
                _objects.Remove((change.Kind, change.Key));
                break;
            case ClusterAction.RelistStarted:
                _listed[change.Kind] = [];
                break;
            case ClusterAction.RelistFinished when _listed.Remove(change.Kind, out var listed):
                foreach (var key in _objects.Keys.Where(key => key.Kind == change.Kind && !listed.Contains(key.Key)).ToArray())
                {
                    _objects.Remove(key);
                }

                break;
        }
    }
}
