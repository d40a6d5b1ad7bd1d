using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Testing;

/// <summary>A request that the fake API server got.</summary>
public sealed record FakeRequest(
    ResourceKind Kind,
    bool IsWatch,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Headers,
    string Protocol)
{
    public bool IsStreamedList => Parameters.ContainsKey("sendInitialEvents");

    public bool IsFirstPage => !IsWatch && !Parameters.ContainsKey("continue");
}
