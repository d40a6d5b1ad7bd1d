using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

public sealed partial class PackedEndpoints
{
    /// <summary>Collects endpoints while their object is read.</summary>
    public sealed class Builder(bool isIPv4)
    {
        private IReadOnlyList<PortRecord>? _portsBefore;
        private ServicePort[] _builtBefore = [];

        internal bool IsIPv4 { get; } = isIPv4;

        internal List<byte> Addresses { get; } = [];

        internal List<string?> Hostnames { get; } = [];

        internal List<string?> PodNames { get; } = [];

        internal int RefusedNames { get; private set; }

        internal bool IsEmpty => Addresses.Count == 0 && NotReadyCount == 0;

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

        /// <summary>Forgets the endpoints before the next object; the lists keep their room.</summary>
        internal void Clear()
        {
            Addresses.Clear();
            Hostnames.Clear();
            PodNames.Clear();
            RefusedNames = NotReadyCount = 0;
        }

        /// <summary>Ports in their order, doubles and unusable ones left out; the same array for the same list.</summary>
        internal ServicePort[] BuildPorts()
        {
            if (!ReferenceEquals(Ports, _portsBefore))
            {
                _builtBefore = PortList.Create(Ports, out var refused);
                RefusedNames += refused;
                _portsBefore = refused == 0 ? Ports : null;
            }

            return _builtBefore;
        }

        private static string? ToLabel(string? text)
        {
            var lower = text?.ToLowerInvariant();
            return DnsLabel.IsValid(lower) ? lower : null;
        }
    }
}
