using System.Buffers.Binary;

namespace ClusterDns.Wire;

/// <summary>The fixed-size facts of another server's reply.</summary>
/// <param name="Id">Message id.</param>
/// <param name="Flags">The second 16 bits of the header.</param>
/// <param name="Code">RCODE, with the upper bits of the OPT record.</param>
/// <param name="QuestionEnd">First octet behind the question; the end of the header when there is none.</param>
/// <param name="Edns">The OPT record, if there was one.</param>
public readonly record struct ReplyFields(
    ushort Id,
    ushort Flags,
    ResponseCode Code,
    int QuestionEnd,
    Edns Edns)
{
    public bool HasQuestion => QuestionEnd > MessageHeader.Size;

    /// <summary>
    /// Whether this is all that a server says which could not make sense of a query: a header, with the id and the reason.
    /// Whoever can forge it could forge a whole reply as well, and gains less by it.
    /// </summary>
    /// <param name="message">The reply that this was read from.</param>
    public bool IsComplaint(ReadOnlySpan<byte> message) =>
        message.Length == MessageHeader.Size && Code is (ResponseCode.FormatError or ResponseCode.NotImplemented);

    public bool IsAuthoritative => (Flags & MessageHeader.AuthoritativeFlag) != 0;

    public bool IsTruncated => (Flags & MessageHeader.TruncatedFlag) != 0;

    public bool IsRecursionAvailable => (Flags & MessageHeader.RecursionAvailableFlag) != 0;

    public bool IsAuthenticData => (Flags & MessageHeader.AuthenticDataFlag) != 0;

    /// <summary>
    /// Whether the reply repeats the question: name in any letter case, type and class. What does not repeat it answers
    /// something else, by mistake or by intent.
    /// </summary>
    /// <param name="message">The reply that this was read from.</param>
    /// <param name="question">Name, type and class as they were sent.</param>
    public bool Repeats(ReadOnlySpan<byte> message, ReadOnlySpan<byte> question)
    {
        var repeated = message[MessageHeader.Size..QuestionEnd];
        if (repeated.Length != question.Length || question.Length <= MessageHeader.QuestionFixedPart)
        {
            return false;
        }

        var name = question.Length - MessageHeader.QuestionFixedPart;
        return BinaryPrimitives.ReadUInt32BigEndian(repeated[name..]) == BinaryPrimitives.ReadUInt32BigEndian(question[name..])
            && WireName.EqualsIgnoreCase(repeated[..name], question[..name]);
    }
}
