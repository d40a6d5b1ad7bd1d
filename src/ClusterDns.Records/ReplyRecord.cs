using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>One record of a reply as text, printable whatever was in it.</summary>
/// <param name="Section">Where it stood.</param>
/// <param name="Owner">With its final dot.</param>
/// <param name="TimeToLive">Seconds.</param>
/// <param name="Class">CLASS.</param>
/// <param name="Type">TYPE.</param>
/// <param name="Data">As <see cref="RecordText"/> writes it, or <c>\# LENGTH HEX</c>.</param>
public sealed record ReplyRecord(Section Section, string Owner, uint TimeToLive, RecordClass Class, RecordType Type, string Data)
{
    /// <summary>Every record but OPT; ends where the message makes no sense. Never throws.</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="questionEnd">Where its records begin.</param>
    public static IReadOnlyList<ReplyRecord> ReadAll(ReadOnlySpan<byte> message, int questionEnd)
    {
        var read = new List<ReplyRecord>();
        var data = new byte[PlainData.MaxLength];
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var records = new RecordReader(message, questionEnd);
        while (records.TryRead(out var record))
        {
            var position = record.Offset;
            if (record.Type == RecordType.OPT)
            {
                continue;
            }

            var owner = NameReader.TryRead(message, ref position, name, out var length)
                ? WireName.ToText(name[..length])
                : "(no name)";
            var text = PlainData.TryRead(message, record, data, out var octets)
                ? RecordText.FormatData(record.Type, record.Class, data.AsSpan(0, octets))
                : Generic(record.Data(message));
            read.Add(new ReplyRecord(record.Section, owner, record.TimeToLive, record.Class, record.Type, text));
        }

        return read;
    }

    // RFC 3597, 5: what is no rdata of its type is still octets.
    private static string Generic(ReadOnlySpan<byte> data) => $"\\# {data.Length} {Convert.ToHexString(data)}".TrimEnd();
}
