namespace ClusterDns.Wire;

/// <summary>What a message's OPT record says (RFC 6891, 6.1). The default value means that there was none.</summary>
/// <param name="IsPresent">The message had an OPT record.</param>
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

    /// <summary>Where the version stands in the TTL field.</summary>
    internal const int VersionShift = 16;

    /// <summary>Where the upper bits of the rcode stand in the TTL field.</summary>
    internal const int ExtendedCodeShift = 24;

    /// <summary>Bits of an rcode that the header holds; the OPT record has those above.</summary>
    internal const int HeaderCodeBits = 4;

    /// <summary>The upper eight bits of a reply's rcode; zero in a query.</summary>
    public byte ExtendedCode { get; init; }

    /// <summary>The TTL field of our own OPT record: upper bits of the rcode, version 0, DO.</summary>
    internal static uint TimeToLive(ResponseCode code, bool dnssecOk) =>
        ((uint)code >> HeaderCodeBits << ExtendedCodeShift) | (dnssecOk ? DnssecOkBit : 0);

    /// <summary>Largest reply over UDP that the client takes, in octets.</summary>
    public int UdpLimit =>
        IsPresent ? Math.Clamp((int)PayloadSize, MessageHeader.MinUdpPayloadSize, MessageHeader.MaxUdpPayloadSize) : MessageHeader.MinUdpPayloadSize;

    /// <summary>The options, out of the packet that this was read from.</summary>
    public EdnsOptions Options(ReadOnlySpan<byte> packet) => new(packet.Slice(OptionsOffset, OptionsLength));

    /// <summary>Looks for the first option of a code in the packet that this was read from.</summary>
    public bool TryFindOption(ReadOnlySpan<byte> packet, ushort code, out ReadOnlySpan<byte> data)
    {
        var options = Options(packet);
        while (options.TryRead(out var found, out data))
        {
            if (found == code)
            {
                return true;
            }
        }

        return false;
    }
}
