using System.Net;
using ClusterDns.Records;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>A reply and how it came.</summary>
/// <param name="Message">As received; well formed as far as <see cref="ReplyReader"/> looks.</param>
/// <param name="Fields">What <see cref="ReplyReader"/> read.</param>
/// <param name="Server">Who sent it.</param>
/// <param name="Protocol">Over what.</param>
/// <param name="Elapsed">From sending the query that it answers.</param>
internal sealed record ReceivedReply(
    byte[] Message, ReplyFields Fields, IPEndPoint Server, TransportProtocol Protocol, TimeSpan Elapsed)
{
    public int AnswerCount => MessageHeader.AnswerCount(Message);

    /// <summary>In the order of the message, OPT left out.</summary>
    public IReadOnlyList<ReplyRecord> Records { get; } = ReplyRecord.ReadAll(Message, Fields.QuestionEnd);

    /// <summary>The name asked for as the reply repeats it.</summary>
    public string QuestionName => WireName.ToText(Message.AsSpan(MessageHeader.Size));

    public RecordType QuestionType => (RecordType)((Message[Fields.QuestionEnd - 4] << 8) | Message[Fields.QuestionEnd - 3]);

    public RecordClass QuestionClass => (RecordClass)((Message[Fields.QuestionEnd - 2] << 8) | Message[Fields.QuestionEnd - 1]);

    /// <summary>The flags that are set, in dig's letters and order.</summary>
    public IReadOnlyList<string> Flags =>
    [
        .. new (ushort Bit, string Name)[]
        {
            (MessageHeader.ResponseFlag, "qr"),
            (MessageHeader.AuthoritativeFlag, "aa"),
            (MessageHeader.TruncatedFlag, "tc"),
            (MessageHeader.RecursionDesiredFlag, "rd"),
            (MessageHeader.RecursionAvailableFlag, "ra"),
            (MessageHeader.AuthenticDataFlag, "ad"),
            (MessageHeader.CheckingDisabledFlag, "cd"),
        }.Where(flag => (Fields.Flags & flag.Bit) != 0).Select(flag => flag.Name),
    ];

    /// <summary>The extended errors of the OPT record, with their text made printable.</summary>
    public IReadOnlyList<ExtendedErrorLine> ExtendedErrors
    {
        get
        {
            var lines = new List<ExtendedErrorLine>();
            var options = Fields.Edns.Options(Message);
            while (options.TryRead(out var code, out var data))
            {
                if (code == EdnsOption.ExtendedError && ExtendedErrorLine.TryRead(data, out var line))
                {
                    lines.Add(line);
                }
            }

            return lines;
        }
    }
}
