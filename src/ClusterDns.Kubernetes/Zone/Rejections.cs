using ClusterDns.Kubernetes.Objects;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>Tells once of each object that cannot be served in whole, and forgets nothing until it is full.</summary>
internal sealed class Rejections(ILogger logger)
{
    public const string NameCannotBeUsed = "its name or namespace cannot be part of a DNS name; it is left out";
    public const string PortIsNoLabel = "a port's name, protocol or number cannot be asked for; the port is left out";
    public const string ServiceIsNoLabel = "the name of its Service is not a DNS label; it is taken to have none";
    public const string HostnameOrPortIsNoLabel = "a hostname or port name is not a DNS label and is left out";
    public const string ExternalNameIsNoName = "externalName is not a domain name; it is left out";
    public const string HostnameIsNoName = "a load balancer's hostname is not a domain name and is left out";

    /// <summary>Lines remembered, and so lines that one process can write here.</summary>
    private const int Limit = 1024;

    private readonly HashSet<(ResourceKind, ObjectKey, string)> _told = [];

    public void Report(ResourceKind kind, ObjectKey key, string reason)
    {
        if (_told.Count < Limit && _told.Add((kind, key, reason)))
        {
            ZoneLog.Rejected(logger, kind, key, reason);
            if (_told.Count == Limit)
            {
                ZoneLog.RejectionsFull(logger, Limit);
            }
        }
    }
}
