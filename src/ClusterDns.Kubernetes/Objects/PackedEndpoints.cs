using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>
/// Ready endpoints of one family that share their ports, as few arrays instead of many objects: 150,000 endpoints are a
/// few megabytes. Immutable.
/// </summary>
public sealed class PackedEndpoints
{
    private readonly byte[] _addresses;
    private readonly byte[]?[]? _hostnames;
    private readonly byte[]?[]? _podNames;
    private readonly int _size;

    private PackedEndpoints(Builder builder)
    {
        IsIPv4 = builder.IsIPv4;
        _size = IsIPv4 ? 4 : 16;
        _addresses = builder.Addresses.ToArray();
        Count = _addresses.Length / _size;
        _hostnames = builder.Hostnames.Exists(name => name is not null) ? builder.Hostnames.ToArray() : null;
        _podNames = builder.PodNames.Exists(name => name is not null) ? builder.PodNames.ToArray() : null;
        Ports = builder.Ports;
        NotReadyCount = builder.NotReadyCount;
    }

    public bool IsIPv4 { get; }

    /// <summary>Ready endpoint addresses.</summary>
    public int Count { get; }

    /// <summary>Endpoints that are not ready: never answered, only told to people who ask why.</summary>
    public int NotReadyCount { get; }

    public IReadOnlyList<PortRecord> Ports { get; }

    /// <summary>4 or 16 octets in network order.</summary>
    public ReadOnlySpan<byte> Address(int index) => _addresses.AsSpan(index * _size, _size);

    /// <summary>The endpoint's <c>hostname</c> in lower case, without length octet; empty if it has none.</summary>
    public ReadOnlySpan<byte> Hostname(int index) => _hostnames?[index];

    /// <summary>The pod behind the endpoint; empty unless the source was told to keep pod names.</summary>
    public ReadOnlySpan<byte> PodName(int index) => _podNames?[index];

    /// <summary>Collects endpoints while their object is read.</summary>
    public sealed class Builder(bool isIPv4)
    {
        internal bool IsIPv4 { get; } = isIPv4;

        internal List<byte> Addresses { get; } = [];

        internal List<byte[]?> Hostnames { get; } = [];

        internal List<byte[]?> PodNames { get; } = [];

        public IReadOnlyList<PortRecord> Ports { get; set; } = [];

        public int NotReadyCount { get; set; }

        /// <summary>Adds a ready endpoint; an address of the other family is refused.</summary>
        public bool TryAdd(NetworkAddress address, string? hostname, string? podName)
        {
            if (address.IsIPv4 != IsIPv4)
            {
                return false;
            }

            Span<byte> octets = stackalloc byte[16];
            Addresses.AddRange(octets[..address.Write(octets)]);
            Hostnames.Add(ToLabel(hostname));
            PodNames.Add(ToLabel(podName));
            return true;
        }

        public PackedEndpoints Build() => new(this);

        private static byte[]? ToLabel(string? text) =>
            string.IsNullOrEmpty(text) ? null : Encoding.ASCII.GetBytes(text.ToLowerInvariant());
    }
}
