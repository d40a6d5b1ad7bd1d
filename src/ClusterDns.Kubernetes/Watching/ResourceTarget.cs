using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>Where the API server keeps a kind, and which of its objects are wanted.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Plural">The kind's name in URLs and roles.</param>
/// <param name="LabelSelector">Null wants all.</param>
/// <param name="FieldSelector">Null wants all.</param>
internal sealed record ResourceTarget(ResourceKind Kind, string Group, string Plural, string? LabelSelector, string? FieldSelector)
{
    private const string LivingPods = "status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown";

    /// <summary>What to add to the ClusterRole, on one line of YAML.</summary>
    public string RoleRule => $"- {{apiGroups: [\"{Group}\"], resources: [\"{Plural}\"], verbs: [\"list\", \"watch\"]}}";

    private string Path => Group.Length == 0 ? $"api/v1/{Plural}" : $"apis/{Group}/v1/{Plural}";

    private string Selectors =>
        (LabelSelector is null ? "" : "&labelSelector=" + Uri.EscapeDataString(LabelSelector))
        + (FieldSelector is null ? "" : "&fieldSelector=" + Uri.EscapeDataString(FieldSelector));

    public static ResourceTarget Of(ResourceKind kind, ClusterSourceOptions options) => kind switch
    {
        ResourceKind.Namespace => new(kind, "", "namespaces", options.NamespaceLabelSelector, null),
        ResourceKind.Service => new(kind, "", "services", options.LabelSelector, null),
        ResourceKind.EndpointSlice => new(kind, "discovery.k8s.io", "endpointslices", options.LabelSelector, null),
        ResourceKind.Endpoints => new(kind, "", "endpoints", options.LabelSelector, null),
        ResourceKind.Pod => new(kind, "", "pods", options.LabelSelector, LivingPods),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>
    /// The first page of a list. Any version will do for the first list of all, which the server then gives from memory;
    /// after a version was lost only the newest will do, or the list could be older than what we have.
    /// </summary>
    public string List(int pageSize, bool anyVersion) => $"{Path}?limit={pageSize}{(anyVersion ? "&resourceVersion=0" : "")}{Selectors}";

    public string NextPage(int pageSize, string token) => $"{Path}?limit={pageSize}&continue={Uri.EscapeDataString(token)}{Selectors}";

    public string Watch(string version, TimeSpan length) =>
        $"{Path}?watch=1&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(version)}&timeoutSeconds={Math.Ceiling(length.TotalSeconds)}{Selectors}";

    /// <summary>A watch that begins with the objects there are, and marks where these end.</summary>
    public string StreamedList(TimeSpan length) =>
        $"{Path}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds={Math.Ceiling(length.TotalSeconds)}{Selectors}";
}
