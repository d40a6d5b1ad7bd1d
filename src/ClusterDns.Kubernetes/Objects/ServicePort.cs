using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>A port as a name can ask for it: octets in lower case, ready to be compared with the labels of a query.</summary>
public readonly struct ServicePort : IEquatable<ServicePort>
{
    private readonly byte[] _name;
    private readonly byte[] _protocol;

    private ServicePort(byte[] name, byte[] protocol, int number)
    {
        _name = name;
        _protocol = protocol;
        Number = number;
    }

    /// <summary>Without the underscore; empty for an unnamed port.</summary>
    public ReadOnlySpan<byte> Name => _name;

    /// <summary>Without the underscore: <c>tcp</c>, <c>udp</c>, <c>sctp</c>.</summary>
    public ReadOnlySpan<byte> Protocol => _protocol;

    /// <summary>1 to 65535, or <see cref="PortRecord.None"/>.</summary>
    public int Number { get; }

    /// <summary>False for a name or protocol that is no label, and for a number out of range.</summary>
    public static bool TryCreate(PortRecord record, out ServicePort port)
    {
        var isUsable = (record.Name.Length == 0 || DnsLabel.IsValid(record.Name))
            && DnsLabel.IsValid(record.Protocol)
            && record.Number is PortRecord.None or (> 0 and <= ushort.MaxValue);
        port = isUsable
            ? new ServicePort(Encoding.ASCII.GetBytes(record.Name), Encoding.ASCII.GetBytes(record.Protocol), record.Number)
            : default;
        return isUsable;
    }

    public bool Equals(ServicePort other) =>
        Number == other.Number && Name.SequenceEqual(other.Name) && Protocol.SequenceEqual(other.Protocol);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ServicePort other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Name);
        hash.AddBytes(Protocol);
        hash.Add(Number);
        return hash.ToHashCode();
    }

    /// <summary>For logs and tests: <c>http/tcp/80</c>.</summary>
    public override string ToString() => $"{Encoding.ASCII.GetString(Name)}/{Encoding.ASCII.GetString(Protocol)}/{Number}";
}
