namespace ClusterDns.Wire;

/// <summary>What a writer has to know of rdata to move it between messages.</summary>
internal static class RecordData
{
    /// <summary>False for OPT, which belongs to one message and is never copied; any unknown type is opaque.</summary>
    public static bool TryGetLayout(RecordType type, out RecordLayout layout)
    {
        layout = type switch
        {
            RecordType.CNAME or RecordType.NS or RecordType.PTR => new(0, 1, MayCompress: true),
            RecordType.MX => new(2, 1, MayCompress: true),
            RecordType.SOA => new(0, 2, MayCompress: true),
            RecordType.SRV => new(6, 1, MayCompress: false),
            RecordType.DNAME => new(0, 1, MayCompress: false),
            _ => new(0, 0, MayCompress: false),
        };
        return type != RecordType.OPT;
    }
}
