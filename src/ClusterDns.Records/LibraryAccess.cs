using System.Runtime.CompilerServices;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;

namespace ClusterDns.Records;

/// <summary>
/// What the library has for one record and keeps to itself: its public way to text is a whole zone file, whose parser
/// loses records, and its public way to octets does not exist. No reflection: the compiler binds these, also ahead of
/// time.
/// </summary>
internal static class LibraryAccess
{
    /// <param name="_">Only names the type that has the method.</param>
    /// <param name="name">Owner.</param>
    /// <param name="type">TYPE.</param>
    /// <param name="recordClass">CLASS.</param>
    /// <param name="timeToLive">Seconds.</param>
    /// <param name="origin">What relative names end in.</param>
    /// <param name="words">The rdata's words, without quotes.</param>
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "ParseFromStringRepresentation")]
    public static extern DnsRecordBase FromText(
        DnsRecordBase? _,
        DomainName name,
        RecordType type,
        RecordClass recordClass,
        int timeToLive,
        DomainName origin,
        string[] words);

    /// <param name="_">Only names the type that has the method.</param>
    /// <param name="start">Where the record begins in the message.</param>
    /// <param name="name">Owner.</param>
    /// <param name="type">TYPE.</param>
    /// <param name="recordClass">CLASS.</param>
    /// <param name="timeToLive">Seconds.</param>
    /// <param name="message">The octets.</param>
    /// <param name="position">Where the rdata begins.</param>
    /// <param name="length">Octets of the rdata.</param>
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "ParseRecordFromBinary")]
    public static extern DnsRecordBase FromWire(
        DnsRecordBase? _,
        int start,
        DomainName name,
        RecordType type,
        RecordClass recordClass,
        int timeToLive,
        IList<byte> message,
        int position,
        int length);

    /// <summary>Octets that the rdata has at most, by the library's estimate.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_MaximumRecordDataLength")]
    public static extern int MaximumDataLength(DnsRecordBase record);

    /// <summary>Writes RDLENGTH and RDATA. Without names nothing is compressed.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "EncodeRecordBody")]
    public static extern void EncodeData(
        DnsRecordBase record,
        IList<byte> message,
        ref int position,
        Dictionary<DomainName, ushort>? names,
        bool isCanonical);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RecordDataToString")]
    public static extern string FormatData(DnsRecordBase record);
}
