using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

public sealed partial class PackedEndpoints
{
    /// <summary>Collects endpoints while their object is read.</summary>
    public sealed class Builder(bool isIPv4)
    {
        internal bool IsIPv4 { get; } = isIPv4;

        internal List<byte> Addresses { get; } = [];

        internal List<string?> Hostnames { get; } = [];

        internal List<string?> PodNames { get; } = [];

        internal int RefusedNames { get; private set; }

        public IReadOnlyList<PortRecord> Ports { get; set; } = [];

        public int NotReadyCount { get; set; }

        /// <summary>
        /// Adds a ready endpoint; an address of the other family is refused. A hostname that is no label counts as
        /// none, and so does a pod name: pod names may be longer than a label.
        /// </summary>
        public bool TryAdd(NetworkAddress address, string? hostname, string? podName)
        {
            if (address.IsIPv4 != IsIPv4)
            {
                return false;
            }

            Span<byte> octets = stackalloc byte[16];
            Addresses.AddRange(octets[..address.Write(octets)]);
            var label = ToLabel(hostname);
            RefusedNames += label is null && !string.IsNullOrEmpty(hostname) ? 1 : 0;
            Hostnames.Add(label);
            PodNames.Add(ToLabel(podName));
            return true;
        }

        public PackedEndpoints Build() => new(this);

        /// <summary>Ports in their order, doubles and unusable ones left out.</summary>
        internal ServicePort[] BuildPorts()
        {
            var ports = PortList.Create(Ports, out var refused);
            RefusedNames += refused;
            return ports;
        }

        private static string? ToLabel(string? text)
        {
            var lower = text?.ToLowerInvariant();
            return DnsLabel.IsValid(lower) ? lower : null;
        }
    }
}
