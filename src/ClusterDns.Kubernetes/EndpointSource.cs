namespace ClusterDns.Kubernetes;

/// <summary>Which objects endpoints are read from: the <c>endpoint_source</c> property.</summary>
public enum EndpointSource : byte
{
    /// <summary>EndpointSlices, or Endpoints where the API server serves no slices. Manifests: both.</summary>
    Auto,

    Slices,

    Endpoints,

    /// <summary>None: the <c>noendpoints</c> property.</summary>
    None,
}
