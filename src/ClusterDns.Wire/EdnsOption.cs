namespace ClusterDns.Wire;

/// <summary>EDNS option codes (IANA "DNS EDNS0 Option Codes (OPT)"); any other 16-bit value may occur as well.</summary>
public static class EdnsOption
{
    /// <summary>Name server identifier (RFC 5001).</summary>
    public const ushort NameServerId = 3;

    /// <summary>Client subnet (RFC 7871).</summary>
    public const ushort ClientSubnet = 8;

    /// <summary>Zone expiry (RFC 7314).</summary>
    public const ushort Expire = 9;

    /// <summary>Cookie (RFC 7873).</summary>
    public const ushort Cookie = 10;

    /// <summary>Idle timeout of a TCP connection (RFC 7828).</summary>
    public const ushort TcpKeepAlive = 11;

    /// <summary>Padding (RFC 7830).</summary>
    public const ushort Padding = 12;

    /// <summary>Extended error (RFC 8914).</summary>
    public const ushort ExtendedError = 15;
}
