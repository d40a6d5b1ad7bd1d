using ClusterDns.Wire;
using static ClusterDns.Records.RecordField;

namespace ClusterDns.Records;

/// <summary>
/// The types that are read and written here rather than by the library: its names and texts lose octets over 0x7F, and
/// it has its own idea of some of them. They are also what nearly every record is.
/// </summary>
internal static class RecordFields
{
    /// <summary>The type's fields in their order; none for all other types.</summary>
    public static ReadOnlySpan<RecordField> Of(RecordType type, RecordClass recordClass) => type switch
    {
        RecordType.A when recordClass == RecordClass.IN => [IPv4],
        RecordType.AAAA when recordClass == RecordClass.IN => [IPv6],
        RecordType.NS or RecordType.MD or RecordType.MF or RecordType.CNAME or RecordType.MB or RecordType.MG
            or RecordType.MR or RecordType.PTR or RecordType.DNAME => [Name],
        RecordType.SOA => [Name, Name, Number32, Seconds, Seconds, Seconds, Seconds],
        RecordType.MINFO or RecordType.RP => [Name, Name],
        RecordType.MX or RecordType.AFSDB or RecordType.RT or RecordType.KX or RecordType.LP => [Number16, Name],
        RecordType.PX => [Number16, Name, Name],
        RecordType.TXT or RecordType.SPF or RecordType.ISDN => [Strings],
        RecordType.X25 => [RecordField.String],
        RecordType.HINFO => [RecordField.String, RecordField.String],
        RecordType.GPOS => [RecordField.String, RecordField.String, RecordField.String],
        RecordType.SRV => [Number16, Number16, Number16, Name],
        RecordType.NAPTR =>
            [Number16, Number16, RecordField.String, RecordField.String, RecordField.String, Name],
        RecordType.L32 => [Number16, IPv4],
        RecordType.NID or RecordType.L64 => [Number16, Locator],
        RecordType.URI => [Number16, Number16, Text],
        RecordType.CAA => [Octet, Token, Text],
        RecordType.CERT => [Number16, Number16, Octet, Base64],
        _ => [],
    };
}
