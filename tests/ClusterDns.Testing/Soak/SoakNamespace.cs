using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Soak;

/// <summary>A namespace with everything in it.</summary>
internal sealed class SoakNamespace(FakeApiServer api, string name, Func<TimeSpan> now)
{
    private readonly Timeline<bool> _exists = new(first: false, now);

    public string Name => name;

    public bool IsThere => _exists.Latest;

    public List<SoakService> Services { get; } = [];

    public List<SoakHeadless> Headless { get; } = [];

    public List<SoakPod> Pods { get; } = [];

    public bool WasMissing(TimeSpan from, TimeSpan to) => _exists.Between(from, to).Contains(false);

    public bool WasThere(TimeSpan from, TimeSpan to) => _exists.Between(from, to).Contains(true);

    public void Create()
    {
        _exists.Changing(true);
        api.Put(ResourceKind.Namespace, $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"} }""");
        _exists.Changed();
        Services.ForEach(service => service.Create());
        Headless.ForEach(service => service.Create());
        Pods.ForEach(pod => pod.Create());
    }

    public void Delete()
    {
        Services.ForEach(service => service.Delete());
        Headless.ForEach(service => service.Delete());
        Pods.ForEach(pod => pod.Delete());
        _exists.Changing(false);
        api.Delete(ResourceKind.Namespace, "", name);
        _exists.Changed();
    }

    public SoakQuestion AskName() => new($"{name}.svc.cluster.local.", RecordType.A, IsOutside: false, (answer, from, to) =>
        (answer.IsEmpty && WasThere(from, to)) || (answer.IsMissing && WasMissing(from, to)));

    /// <summary>A name that no object has.</summary>
    public SoakQuestion AskMissing(string label) =>
        new($"{label}.{name}.svc.cluster.local.", RecordType.A, IsOutside: false, static (answer, _, _) => answer.IsMissing);
}
