using ClusterDns.Wire;

namespace ClusterDns.Records.ZoneFiles;

/// <summary>What a file says for the records behind it. An included file begins with a copy and leaves the original alone.</summary>
/// <param name="Origin">What relative names end in; a whole name.</param>
internal sealed record ZoneFileScope(byte[] Origin)
{
    /// <summary>The owner of the record before; none before the first.</summary>
    public byte[]? Owner { get; set; }

    public byte[] Origin { get; set; } = Origin;

    /// <summary>Seconds, from <c>$TTL</c> (RFC 2308, 4).</summary>
    public uint? DefaultTimeToLive { get; set; }

    /// <summary>Seconds, from the record before that has one (RFC 1035, 5.1).</summary>
    public uint? LastTimeToLive { get; set; }

    /// <summary>Seconds, from the SOA: what is left when nobody says anything.</summary>
    public uint? Minimum { get; set; }

    /// <summary>The TTL of a record that has none of its own.</summary>
    public uint TimeToLive =>
        DefaultTimeToLive ?? LastTimeToLive ?? Minimum ?? RecordParser.DefaultTimeToLive;

    /// <summary>Reads a name as it is written here.</summary>
    public bool TryRead(RecordWord word, out byte[] name)
    {
        Span<byte> octets = stackalloc byte[WireName.MaxLength];
        var isName = !word.IsQuoted & NameText.TryRead(word, Origin, octets, out var length);
        name = isName ? octets[..length].ToArray() : [];
        return isName;
    }
}
