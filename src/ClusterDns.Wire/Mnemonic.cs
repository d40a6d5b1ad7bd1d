using System.Globalization;

namespace ClusterDns.Wire;

/// <summary>
/// Types, classes and rcodes as people write them (IANA "Domain Name System Parameters"); <c>TYPE65280</c> and
/// <c>CLASS4</c> for the rest (RFC 3597, 5). Known ones cost nothing; unknown ones build a string.
/// </summary>
public static partial class Mnemonic
{
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
        3 => "MD",
        4 => "MF",
        7 => "MB",
        8 => "MG",
        9 => "MR",
        10 => "NULL",
        11 => "WKS",
        13 => "HINFO",
        14 => "MINFO",
        17 => "RP",
        18 => "AFSDB",
        19 => "X25",
        20 => "ISDN",
        21 => "RT",
        22 => "NSAP",
        24 => "SIG",
        25 => "KEY",
        26 => "PX",
        27 => "GPOS",
        29 => "LOC",
        30 => "NXT",
        35 => "NAPTR",
        36 => "KX",
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
        104 => "NID",
        105 => "L32",
        106 => "L64",
        107 => "LP",
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
        32769 => "DLV",
        _ => null,
    };
}
