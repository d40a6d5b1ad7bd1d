using System.Runtime.InteropServices;
using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>
/// Ready endpoints of one family that share their ports, as few arrays instead of many objects: 150,000 endpoints are a
/// few megabytes. Immutable once published.
/// </summary>
public sealed partial class PackedEndpoints
{
    /// <summary>Endpoints of a slice as its controller makes them are 100, and 1,000 at most.</summary>
    private const int MostCompared = 1000;

    private readonly byte[] _addresses;
    private readonly PackedLabels _hostnames;
    private readonly PackedLabels _podNames;
    private ServicePort[] _ports;

    private PackedEndpoints(Builder builder)
    {
        IsIPv4 = builder.IsIPv4;
        _addresses = builder.Addresses.ToArray();
        _hostnames = PackedLabels.Pack(builder.Hostnames);
        _podNames = PackedLabels.Pack(builder.PodNames);
        HasDistinctAddresses = IsIPv4 ? AreDistinct<uint>(_addresses) : AreDistinct<UInt128>(_addresses);
        _ports = builder.BuildPorts();
        NotReadyCount = builder.NotReadyCount;
        RefusedNames = builder.RefusedNames;
    }

    public bool IsIPv4 { get; }

    /// <summary>No address stands in here twice. Not looked for in a group that is larger than slices are.</summary>
    public bool HasDistinctAddresses { get; }

    /// <summary>Octets of an address: 4 or 16.</summary>
    public int AddressSize => IsIPv4 ? 4 : 16;

    /// <summary>All of them, one behind the other, in network order.</summary>
    public ReadOnlySpan<byte> Addresses => _addresses;

    /// <summary>Ready endpoint addresses.</summary>
    public int Count => _addresses.Length / AddressSize;

    /// <summary>Endpoints that are not ready: never answered, only told to people who ask why.</summary>
    public int NotReadyCount { get; }

    /// <summary>Hostnames and ports that were left out because no label can hold them.</summary>
    public int RefusedNames { get; }

    public ReadOnlySpan<ServicePort> Ports => _ports;

    /// <summary>Some endpoint has a <see cref="Hostname"/>.</summary>
    internal bool HasHostnames => !_hostnames.IsEmpty;

    /// <summary>Some endpoint has a <see cref="PodName"/>.</summary>
    internal bool HasPodNames => !_podNames.IsEmpty;

    /// <summary>4 or 16 octets in network order.</summary>
    public ReadOnlySpan<byte> Address(int index) => _addresses.AsSpan(index * AddressSize, AddressSize);

    /// <summary>The endpoint's <c>hostname</c> in lower case, without length octet; empty if it has none.</summary>
    public ReadOnlySpan<byte> Hostname(int index) => _hostnames[index];

    /// <summary>
    /// The pod behind the endpoint; empty unless the source was told to keep pod names and the name fits one label.
    /// </summary>
    public ReadOnlySpan<byte> PodName(int index) => _podNames[index];

    /// <summary>First endpoint at or behind <paramref name="start"/> with this address; -1 if there is none.</summary>
    public int IndexOf(NetworkAddress address, int start)
    {
        if (address.IsIPv4 != IsIPv4)
        {
            return -1;
        }

        Span<byte> octets = stackalloc byte[16];
        address.Write(octets);
        var found = IsIPv4
            ? MemoryMarshal.Cast<byte, uint>(_addresses)[start..].IndexOf(MemoryMarshal.Read<uint>(octets))
            : MemoryMarshal.Cast<byte, UInt128>(_addresses)[start..].IndexOf(MemoryMarshal.Read<UInt128>(octets));
        return found < 0 ? -1 : start + found;
    }

    /// <summary>Whether a client could not tell one from the other; <see cref="NotReadyCount"/> is no part of it.</summary>
    internal bool ServesSameAs(PackedEndpoints other) =>
        IsIPv4 == other.IsIPv4
        && _addresses.AsSpan().SequenceEqual(other._addresses)
        && _hostnames.SameAs(other._hostnames)
        && _podNames.SameAs(other._podNames)
        && Ports.SequenceEqual(other.Ports);

    /// <summary>The same group with these of its endpoints alone.</summary>
    internal PackedEndpoints Pick(List<int> indexes)
    {
        var builder = new Builder(IsIPv4);
        foreach (var index in indexes)
        {
            builder.TryAdd(NetworkAddress.FromOctets(Address(index)), Encoding.ASCII.GetString(Hostname(index)), Encoding.ASCII.GetString(PodName(index)));
        }

        return new PackedEndpoints(builder) { _ports = _ports };
    }

    /// <summary>Exchanges the ports for an equal array, before it is published: most groups have the same few ports.</summary>
    internal void SharePorts(Func<ServicePort[], ServicePort[]> share) => _ports = share(_ports);

    private static bool AreDistinct<T>(ReadOnlySpan<byte> octets)
        where T : unmanaged, IEquatable<T>
    {
        var addresses = MemoryMarshal.Cast<byte, T>(octets);
        if (addresses.Length > MostCompared)
        {
            return false;
        }

        for (var i = 1; i < addresses.Length; i++)
        {
            if (addresses[i..].Contains(addresses[i - 1]))
            {
                return false;
            }
        }

        return true;
    }
}
