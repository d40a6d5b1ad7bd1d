using System.Buffers.Binary;
using System.Net;
using System.Text;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Operations;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Top;

/// <summary>
/// Families' keys, and what they mean to a person. A client's is its address and, where known, its pod, as these were when
/// it asked: an address that another pod has by now is not held against that one.
/// </summary>
internal static class TopKeys
{
    private const int AddressOctets = 17;
    private const byte Separator = (byte)'/';

    public static int WriteClient(TransportAddress client, in PodView pod, bool isPod, Span<byte> key)
    {
        var length = WriteClient(client, key);
        return isPod
            ? length + WritePod(pod, key[length..TopFamilies.TalkerOctets])
            : length;
    }

    public static ReadOnlySpan<byte> OfRcode(ResponseCode code, Span<byte> key)
    {
        BinaryPrimitives.WriteUInt16BigEndian(key, (ushort)code);
        return key[..TopFamilies.RcodeOctets];
    }

    /// <summary>The key as text: printable, and of bounded length.</summary>
    public static (string Text, string? Namespace, string? Pod) Read(TopFamily family, ReadOnlySpan<byte> key) => family switch
    {
        TopFamily.Client => ReadClient(key),
        TopFamily.Namespace => (Printable(key), null, null),
        TopFamily.Rcode => (Mnemonic.Of((ResponseCode)BinaryPrimitives.ReadUInt16BigEndian(key)), null, null),
        _ => (WireName.ToText(key), null, null),
    };

    private static int WriteClient(TransportAddress client, Span<byte> key)
    {
        key[..AddressOctets].Clear();
        key[0] = (byte)client.WriteAddress(key[1..]);
        return AddressOctets;
    }

    private static int WritePod(in PodView pod, Span<byte> key)
    {
        var parent = pod.Namespace.Label;
        parent = parent.Length > TopFamilies.NamespaceOctets ? parent[..TopFamilies.NamespaceOctets] : parent;
        var name = pod.Name;
        parent.CopyTo(key);
        key[parent.Length] = Separator;
        var rest = key[(parent.Length + 1)..];
        name = name.Length > rest.Length ? name[..rest.Length] : name;
        name.CopyTo(rest);
        return parent.Length + 1 + name.Length;
    }

    private static (string Text, string? Namespace, string? Pod) ReadClient(ReadOnlySpan<byte> key)
    {
        var address = new IPAddress(key.Slice(1, key[0])).ToString();
        var pod = key[AddressOctets..];
        var separator = pod.IndexOf(Separator);
        return separator < 0
            ? (address, null, null)
            : (address, Printable(pod[..separator]), Printable(pod[(separator + 1)..]));
    }

    private static string Printable(ReadOnlySpan<byte> octets) => PrintableText.Escape(Encoding.UTF8.GetString(octets));
}
