using System.Net;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>One TO argument.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The address, path or host name, without scheme and port.</param>
/// <param name="Port">Where to ask.</param>
/// <param name="IsTls">Written with <c>tls://</c>.</param>
/// <param name="ServerName">The name behind <c>%</c>; null where there is none.</param>
/// <param name="NamedAt">Where it is written, as <c>Corefile:12</c>.</param>
internal sealed record ForwardTarget(
    TargetKind Kind,
    string Name,
    int Port,
    bool IsTls,
    string? ServerName,
    string NamedAt)
{
    /// <summary>The address, for that kind.</summary>
    public IPAddress Address { get; init; } = IPAddress.None;
}
