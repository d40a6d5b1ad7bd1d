using System.Buffers.Binary;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// A pod in a row of octets: mark, flags, namespace (an index into its page's), length of the name, one or two addresses,
/// name. Some 35 octets for a pod with one IPv4 address.
/// </summary>
internal static class PodLayout
{
    /// <summary>Octets of the longest record.</summary>
    public const int MaxLength = HeaderSize + 16 + 16 + ObjectName.MaxLength;

    /// <summary>The mark of a record that is no pod any more. Lists are marked by other numbers.</summary>
    public const byte Dead = 0;

    private const int HeaderSize = 5;
    private const int FlagsAt = 1;
    private const int NamespaceAt = 2;
    private const int NameLengthAt = 4;

    private const byte IPv6 = 1;
    private const byte HasOther = 2;
    private const byte OtherIPv6 = 4;
    private const byte HostNetwork = 8;

    /// <summary>Writes a record and gives its octets.</summary>
    public static int Write(Span<byte> destination, byte mark, ReadOnlySpan<byte> name, PodRecord pod)
    {
        var other = pod.OtherAddress;
        destination[0] = mark;
        destination[FlagsAt] = (byte)((pod.Address.IsIPv4 ? 0 : IPv6)
            | (other is null ? 0 : HasOther)
            | (other is { IsIPv4: false } ? OtherIPv6 : 0)
            | (pod.IsHostNetwork ? HostNetwork : 0));
        destination[NameLengthAt] = (byte)name.Length;
        var length = HeaderSize + WriteAddress(destination[HeaderSize..], pod.Address);
        if (other is { } second)
        {
            length += WriteAddress(destination[length..], second);
        }

        name.CopyTo(destination[length..]);
        return length + name.Length;
    }

    public static int Length(ReadOnlySpan<byte> record) => NameOffset(record) + record[NameLengthAt];

    public static ushort NamespaceIndex(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt16LittleEndian(record[NamespaceAt..]);

    public static void SetNamespaceIndex(Span<byte> record, ushort index) =>
        BinaryPrimitives.WriteUInt16LittleEndian(record[NamespaceAt..], index);

    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> record) => record.Slice(NameOffset(record), record[NameLengthAt]);

    public static bool IsHostNetwork(ReadOnlySpan<byte> record) => (record[FlagsAt] & HostNetwork) != 0;

    /// <summary>Whether an address of its own, not its node's, is IPv6.</summary>
    public static bool HasIPv6(ReadOnlySpan<byte> record) =>
        !IsHostNetwork(record) && (record[FlagsAt] & (IPv6 | OtherIPv6)) != 0;

    public static NetworkAddress Address(ReadOnlySpan<byte> record) =>
        NetworkAddress.FromOctets(record.Slice(HeaderSize, AddressSize(record)));

    public static NetworkAddress? OtherAddress(ReadOnlySpan<byte> record) =>
        OtherSize(record) is > 0 and var size
            ? NetworkAddress.FromOctets(record.Slice(HeaderSize + AddressSize(record), size))
            : null;

    /// <summary>Whether two records say the same of a pod, whichever list had them.</summary>
    public static bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one[FlagsAt] == other[FlagsAt] && one[HeaderSize..].SequenceEqual(other[HeaderSize..]);

    private static int NameOffset(ReadOnlySpan<byte> record) => HeaderSize + AddressSize(record) + OtherSize(record);

    private static int AddressSize(ReadOnlySpan<byte> record) => (record[FlagsAt] & IPv6) == 0 ? 4 : 16;

    private static int OtherSize(ReadOnlySpan<byte> record) =>
        (record[FlagsAt] & HasOther) == 0 ? 0 : (record[FlagsAt] & OtherIPv6) == 0 ? 4 : 16;

    private static int WriteAddress(Span<byte> destination, NetworkAddress address)
    {
        if (address.IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)address.Bits);
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination, address.Bits);
        }

        return address.Size;
    }
}
