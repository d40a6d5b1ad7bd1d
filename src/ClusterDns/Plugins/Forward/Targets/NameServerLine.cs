using System.Net;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>A <c>nameserver</c> line and its number, from 1.</summary>
internal sealed record NameServerLine(IPAddress Address, int Number);
