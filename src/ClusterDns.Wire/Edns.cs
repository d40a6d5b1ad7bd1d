namespace ClusterDns.Wire;

/// <summary>What a query's OPT record says (RFC 6891, 6.1). The default value means the query had none.</summary>
/// <param name="IsPresent">The query had an OPT record.</param>
/// <param name="PayloadSize">UDP payload size as sent; below 512 counts as 512.</param>
/// <param name="DnssecOk">The DO bit (RFC 3225).</param>
/// <param name="Version">EDNS version; only 0 exists.</param>
/// <param name="OptionsOffset">Where the options stand in the packet.</param>
/// <param name="OptionsLength">Octets of the options.</param>
public readonly record struct Edns(
    bool IsPresent,
    ushort PayloadSize,
    bool DnssecOk,
    byte Version,
    int OptionsOffset,
    int OptionsLength)
{
    /// <summary>Octets of an OPT record without options.</summary>
    public const int RecordSize = 11;

    /// <summary>The DO bit inside the OPT record's TTL field.</summary>
    public const uint DnssecOkBit = 0x8000;

    /// <summary>Largest reply over UDP that the client takes, in octets.</summary>
    public int UdpLimit =>
        IsPresent ? Math.Max(PayloadSize, (ushort)MessageHeader.MinUdpPayloadSize) : MessageHeader.MinUdpPayloadSize;
}
