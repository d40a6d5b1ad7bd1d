namespace ClusterDns.Kubernetes.Objects;

/// <summary>A named or unnamed port of a Service or of an endpoint slice.</summary>
/// <param name="Name">Port name in lower case; empty for an unnamed port, which has no <c>_port._proto</c> name.</param>
/// <param name="Protocol">Protocol in lower case: <c>tcp</c>, <c>udp</c>, <c>sctp</c>.</param>
/// <param name="Number">1 to 65535; <see cref="None"/> where the object gives none.</param>
public sealed record PortRecord(string Name, string Protocol, int Number)
{
    /// <summary>The number of a port that has none: an address is answered, an SRV is not.</summary>
    public const int None = -1;
}
