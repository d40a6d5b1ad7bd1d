using System.Diagnostics.CodeAnalysis;

namespace ClusterDns.Wire;

/// <summary>
/// An absolute name of our own configuration or zone: immutable, lower case, at most 255 octets. Names of packets stay
/// spans and never become one of these.
/// </summary>
public sealed class DnsName : IEquatable<DnsName>
{
    public static readonly DnsName Root = new([0]);

    private readonly byte[] _wire;

    private DnsName(byte[] lowerCaseWire)
    {
        _wire = lowerCaseWire;
        LabelCount = WireName.CountLabels(lowerCaseWire);
    }

    /// <summary>Length-prefixed labels and the root octet, in lower case.</summary>
    public ReadOnlySpan<byte> Wire => _wire;

    /// <summary>Labels, root not counted.</summary>
    public int LabelCount { get; }

    public bool IsRoot => LabelCount == 0;

    /// <summary>Reads presentation form, final dot optional; see <see cref="WireName.TryParse"/> for what fails.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DnsName? name)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];
        if (!WireName.TryParse(text, wire, out var length))
        {
            name = null;
            return false;
        }

        name = FromWire(wire[..length]);
        return true;
    }

    /// <summary>For names known to be good, in tests and constants.</summary>
    /// <exception cref="FormatException">The text is no name.</exception>
    public static DnsName Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a domain name");

    /// <summary>Copies a whole, uncompressed, valid name and folds its case.</summary>
    public static DnsName FromWire(ReadOnlySpan<byte> wire)
    {
        var lower = new byte[wire.Length];
        WireName.ToLower(wire, lower);
        return lower.Length == 1 ? Root : new DnsName(lower);
    }

    /// <summary>Whether this is <paramref name="parent"/> or a name below it.</summary>
    public bool IsAtOrBelow(DnsName parent)
    {
        if (parent.LabelCount > LabelCount)
        {
            return false;
        }

        var offset = 0;
        for (var skip = LabelCount - parent.LabelCount; skip > 0; skip--)
        {
            offset += _wire[offset] + 1;
        }

        return Wire[offset..].SequenceEqual(parent.Wire);
    }

    public bool Equals(DnsName? other) => other is not null && Wire.SequenceEqual(other.Wire);

    public override bool Equals(object? obj) => Equals(obj as DnsName);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_wire);
        return hash.ToHashCode();
    }

    /// <summary>Presentation form with the final dot.</summary>
    public override string ToString() => WireName.ToText(_wire);
}
