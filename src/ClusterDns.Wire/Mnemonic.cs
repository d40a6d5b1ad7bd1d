using System.Collections.Frozen;
using System.Globalization;

namespace ClusterDns.Wire;

/// <summary>
/// Types, classes and rcodes as people write them (IANA "Domain Name System Parameters"); <c>TYPE65280</c> and
/// <c>CLASS4</c> for the rest (RFC 3597, 5). Known ones cost nothing; unknown ones build a string.
/// </summary>
public static class Mnemonic
{
    /// <summary>Past the largest type that has a name.</summary>
    private const int TypesWithNames = 512;

    private const string NumberedType = "TYPE";

    private static readonly FrozenDictionary<string, RecordType> NamedTypes = Enumerable.Range(0, TypesWithNames)
        .Select(number => (RecordType)number)
        .Where(type => !Of(type).StartsWith(NumberedType, StringComparison.Ordinal))
        .ToFrozenDictionary(Of, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads what <see cref="Of(RecordType)"/> writes, in any letter case.</summary>
    public static bool TryParse(string text, out RecordType type)
    {
        if (NamedTypes.TryGetValue(text, out type))
        {
            return true;
        }

        if (text.StartsWith(NumberedType, StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(text.AsSpan(NumberedType.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            type = (RecordType)number;
            return true;
        }

        return false;
    }

    public static string Of(RecordType type) => type switch
    {
        RecordType.A => "A",
        RecordType.AAAA => "AAAA",
        RecordType.PTR => "PTR",
        RecordType.SRV => "SRV",
        RecordType.TXT => "TXT",
        RecordType.SOA => "SOA",
        RecordType.NS => "NS",
        RecordType.CNAME => "CNAME",
        RecordType.MX => "MX",
        RecordType.HTTPS => "HTTPS",
        RecordType.SVCB => "SVCB",
        RecordType.ANY => "ANY",
        _ => RareType((ushort)type) ?? string.Create(CultureInfo.InvariantCulture, $"TYPE{(ushort)type}"),
    };

    public static string Of(RecordClass recordClass) => recordClass switch
    {
        RecordClass.IN => "IN",
        RecordClass.CH => "CH",
        RecordClass.HS => "HS",
        RecordClass.NONE => "NONE",
        RecordClass.ANY => "ANY",
        _ => string.Create(CultureInfo.InvariantCulture, $"CLASS{(ushort)recordClass}"),
    };

    /// <summary>NOERROR, NXDOMAIN and so on; the number for a code that has no name.</summary>
    public static string Of(ResponseCode code) => code switch
    {
        ResponseCode.NoError => "NOERROR",
        ResponseCode.FormatError => "FORMERR",
        ResponseCode.ServerFailure => "SERVFAIL",
        ResponseCode.NameError => "NXDOMAIN",
        ResponseCode.NotImplemented => "NOTIMP",
        ResponseCode.Refused => "REFUSED",
        ResponseCode.YXDomain => "YXDOMAIN",
        ResponseCode.YXRRSet => "YXRRSET",
        ResponseCode.NXRRSet => "NXRRSET",
        ResponseCode.NotAuth => "NOTAUTH",
        ResponseCode.NotZone => "NOTZONE",
        ResponseCode.BadVersion => "BADVERS",
        ResponseCode.BadKey => "BADKEY",
        ResponseCode.BadTime => "BADTIME",
        ResponseCode.BadMode => "BADMODE",
        ResponseCode.BadName => "BADNAME",
        ResponseCode.BadAlgorithm => "BADALG",
        ResponseCode.BadTruncation => "BADTRUNC",
        ResponseCode.BadCookie => "BADCOOKIE",
        _ => ((ushort)code).ToString(CultureInfo.InvariantCulture),
    };

    private static string? RareType(ushort type) => type switch
    {
        10 => "NULL",
        13 => "HINFO",
        17 => "RP",
        18 => "AFSDB",
        24 => "SIG",
        25 => "KEY",
        29 => "LOC",
        35 => "NAPTR",
        37 => "CERT",
        39 => "DNAME",
        41 => "OPT",
        42 => "APL",
        43 => "DS",
        44 => "SSHFP",
        45 => "IPSECKEY",
        46 => "RRSIG",
        47 => "NSEC",
        48 => "DNSKEY",
        49 => "DHCID",
        50 => "NSEC3",
        51 => "NSEC3PARAM",
        52 => "TLSA",
        53 => "SMIMEA",
        55 => "HIP",
        59 => "CDS",
        60 => "CDNSKEY",
        61 => "OPENPGPKEY",
        62 => "CSYNC",
        63 => "ZONEMD",
        99 => "SPF",
        108 => "EUI48",
        109 => "EUI64",
        249 => "TKEY",
        250 => "TSIG",
        251 => "IXFR",
        252 => "AXFR",
        253 => "MAILB",
        254 => "MAILA",
        256 => "URI",
        257 => "CAA",
        260 => "AMTRELAY",
        _ => null,
    };
}
