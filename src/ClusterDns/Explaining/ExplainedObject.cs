using System.Globalization;

namespace ClusterDns.Explaining;

/// <summary>An object of the cluster that decided about a name, or took part in it.</summary>
/// <param name="Kind"><c>Service</c>, <c>EndpointSlice</c>, <c>Endpoints</c>, <c>Namespace</c> or <c>Pod</c>.</param>
/// <param name="Namespace">Where it is; null for a namespace.</param>
/// <param name="Name">Its name; of a pod that cannot be told from others its address.</param>
/// <param name="ResourceVersion">Its <c>metadata.resourceVersion</c>; 0 where it has none that is known.</param>
internal sealed record ExplainedObject(string Kind, string? Namespace, string Name, ulong ResourceVersion = 0)
{
    /// <summary>As the API server writes it; null where it is not known.</summary>
    public string? Version => ResourceVersion == 0 ? null : ResourceVersion.ToString(CultureInfo.InvariantCulture);

    public override string ToString() =>
        (Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}") + (Version is null ? "" : $" (resourceVersion {Version})");
}
