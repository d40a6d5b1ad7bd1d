using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Soak;

/// <summary>A pod, which has a name by its address with <c>pods verified</c>.</summary>
internal sealed class SoakPod(FakeApiServer api, SoakNamespace space, int number, Func<TimeSpan> now)
{
    private readonly Timeline<bool> _exists = new(first: false, now);
    private readonly string _name = $"pod-{number}";

    private string Address => $"10.200.0.{number + 1}";

    public void Create() => Change(true, () => api.Put(ResourceKind.Pod, $$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{_name}}","namespace":"{{space.Name}}"},"status":{"phase":"Running","podIP":"{{Address}}","podIPs":[{"ip":"{{Address}}"}]} }
        """));

    public void Delete() => Change(false, () => api.Delete(ResourceKind.Pod, space.Name, _name));

    public void Toggle()
    {
        if (_exists.Latest)
        {
            Delete();
        }
        else
        {
            Create();
        }
    }

    public SoakQuestion Ask() => new($"{Address.Replace('.', '-')}.{space.Name}.pod.cluster.local.", RecordType.A, IsOutside: false, (answer, from, to) =>
        answer.IsMissing
            ? space.WasMissing(from, to) || _exists.Between(from, to).Contains(false)
            : answer.Is(Address) && _exists.Between(from, to).Contains(true));

    private void Change(bool exists, Action make)
    {
        _exists.Changing(exists);
        make();
        _exists.Changed();
    }
}
