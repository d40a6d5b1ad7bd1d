namespace ClusterDns.Kubernetes.Objects;

/// <summary>How a Service's name is answered.</summary>
public enum ServiceKind : byte
{
    /// <summary>By its cluster addresses; NodePort and LoadBalancer count here.</summary>
    ClusterIP,

    /// <summary>By the addresses of its ready endpoints.</summary>
    Headless,

    /// <summary>By a CNAME.</summary>
    ExternalName,
}
