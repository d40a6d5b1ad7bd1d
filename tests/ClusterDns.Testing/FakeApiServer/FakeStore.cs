using System.Globalization;
using System.Text.Json.Nodes;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Testing;

/// <summary>The fake API server's objects, the history of their changes, and one version for all of them.</summary>
internal sealed class FakeStore
{
    private const long FirstVersion = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<ResourceKind, SortedDictionary<string, FakeObject>> _objects =
        FakeResource.All.ToDictionary(
            resource => resource.Kind,
            _ => new SortedDictionary<string, FakeObject>(StringComparer.Ordinal));

    private readonly List<FakeEvent> _history = [];
    private long _version = FirstVersion;
    private long _forgotten = FirstVersion;
    private TaskCompletionSource _changed = NewSignal();

    public long Version
    {
        get
        {
            lock (_lock)
            {
                return _version;
            }
        }
    }

    public void Put(ResourceKind kind, JsonObject json)
    {
        lock (_lock)
        {
            var metadata = json["metadata"]!.AsObject();
            var name = metadata["name"]!.GetValue<string>();
            var space = kind == ResourceKind.Namespace ? "" : metadata["namespace"]?.GetValue<string>() ?? "default";
            if (space.Length > 0)
            {
                metadata["namespace"] = space;
            }

            metadata["resourceVersion"] = (++_version).ToString(CultureInfo.InvariantCulture);
            var before = _objects[kind].GetValueOrDefault(Key(space, name));
            var after = new FakeObject(space, name, _version, json);
            _objects[kind][Key(space, name)] = after;
            Tell(new FakeEvent(kind, _version, before, after));
        }
    }

    public bool Has(ResourceKind kind, string space, string name)
    {
        lock (_lock)
        {
            return _objects[kind].ContainsKey(Key(space, name));
        }
    }

    public bool Delete(ResourceKind kind, string space, string name)
    {
        lock (_lock)
        {
            if (!_objects[kind].Remove(Key(space, name), out var before))
            {
                return false;
            }

            Tell(new FakeEvent(kind, ++_version, before, null));
            return true;
        }
    }

    /// <summary>All objects of a kind and the version at which they are these.</summary>
    public (IReadOnlyList<FakeObject> Objects, long Version) List(ResourceKind kind, FakeSelector selector)
    {
        lock (_lock)
        {
            return (_objects[kind].Values.Where(selector.Matches).ToList(), _version);
        }
    }

    /// <summary>Changes behind a version, and what completes at the next one; null if the version is forgotten.</summary>
    public (IReadOnlyList<FakeEvent> Events, Task Next, long Version)? Since(ResourceKind kind, long version)
    {
        lock (_lock)
        {
            if (version < _forgotten)
            {
                return null;
            }

            // From the end: a watch asks for the newest few of a long history.
            var first = _history.Count;
            while (first > 0 && _history[first - 1].Version > version)
            {
                first--;
            }

            return (_history.Skip(first).Where(entry => entry.Kind == kind).ToList(), _changed.Task, _version);
        }
    }

    /// <summary>Forgets the history up to now: etcd's compaction.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _history.Clear();
            _forgotten = ++_version;
        }
    }

    /// <summary>Sets the version back and forgets all history: an etcd put back from a backup.</summary>
    public void GoBack(long versions)
    {
        lock (_lock)
        {
            _history.Clear();
            _version -= versions;
            _forgotten = 0;
        }
    }

    private static string Key(string space, string name) => $"{space}/{name}";

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Tell(FakeEvent entry)
    {
        _history.Add(entry);
        var changed = _changed;
        _changed = NewSignal();
        changed.SetResult();
    }
}
