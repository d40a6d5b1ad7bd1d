using System.Globalization;
using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>Wire -> the form that <see cref="RecordParser"/> reads: what a command line prints.</summary>
public static class RecordText
{
    /// <summary><c>www.example.org. 60 IN A 192.0.2.1</c>: names with their final dot, printable ASCII throughout.</summary>
    public static string Format(WireRecord record) =>
        Format(record.Owner.Span, record.Type, record.Class, record.TimeToLive, record.Data.Span);

    /// <param name="owner">A whole name.</param>
    /// <param name="type">TYPE.</param>
    /// <param name="recordClass">CLASS.</param>
    /// <param name="timeToLive">Seconds.</param>
    /// <param name="data">Rdata without compressed names; what is no rdata of the type comes out as <c>\# LENGTH HEX</c>.</param>
    public static string Format(
        ReadOnlySpan<byte> owner,
        RecordType type,
        RecordClass recordClass,
        uint timeToLive,
        ReadOnlySpan<byte> data)
    {
        var heading = string.Create(
            CultureInfo.InvariantCulture,
            $"{WireName.ToText(owner)} {timeToLive} {Mnemonic.Of(recordClass)} {Mnemonic.Of(type)} ");
        return heading + FormatData(type, recordClass, data);
    }

    /// <summary>The rdata alone.</summary>
    public static string FormatData(RecordType type, RecordClass recordClass, ReadOnlySpan<byte> data) =>
        RecordDataText.Format(type, recordClass, data);
}
