namespace ClusterDns.Records;

/// <summary>What rdata of the common types is made of.</summary>
internal enum RecordField
{
    /// <summary>Eight bits, decimal.</summary>
    Octet,

    /// <summary>Sixteen bits, decimal.</summary>
    Number16,

    /// <summary>Thirty-two bits, decimal.</summary>
    Number32,

    /// <summary>Thirty-two bits, in seconds or with units like a TTL.</summary>
    Seconds,

    /// <summary>Four octets, dotted.</summary>
    IPv4,

    /// <summary>Sixteen octets, RFC 4291 text.</summary>
    IPv6,

    /// <summary>Eight octets as four hexadecimal groups (RFC 6742, 2.1.2).</summary>
    Locator,

    /// <summary>A domain name.</summary>
    Name,

    /// <summary>A character string (RFC 1035, 3.3).</summary>
    String,

    /// <summary>A character string that is written without quotes.</summary>
    Token,

    /// <summary>One character string or more, to the end.</summary>
    Strings,

    /// <summary>Text without length octet, to the end.</summary>
    Text,

    /// <summary>Octets to the end, at least one, in base64 with blanks wherever they please (RFC 4648, 4).</summary>
    Base64,
}
