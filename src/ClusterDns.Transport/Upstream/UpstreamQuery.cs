using System.Buffers.Binary;
using ClusterDns.Wire;

namespace ClusterDns.Transport.Upstream;

/// <summary>A query on its way to an upstream, as far as the way has to know it.</summary>
/// <param name="Message">The whole message, under whoever's id.</param>
/// <param name="QuestionEnd">First octet behind the question.</param>
internal readonly record struct UpstreamQuery(ReadOnlyMemory<byte> Message, int QuestionEnd)
{
    /// <summary>Name, type and class.</summary>
    public ReadOnlySpan<byte> Question => Message.Span[MessageHeader.Size..QuestionEnd];

    /// <summary>What its OPT record allows a reply over UDP to have; without one 0.</summary>
    public int UdpReplySize
    {
        get
        {
            var records = new RecordReader(Message.Span, QuestionEnd);
            while (records.TryRead(out var record))
            {
                if (record.Type == RecordType.OPT)
                {
                    return (ushort)record.Class;
                }
            }

            return 0;
        }
    }

    /// <exception cref="ArgumentException">It is no message with one question: a bug of whoever asks.</exception>
    public static UpstreamQuery Read(ReadOnlyMemory<byte> message)
    {
        var span = message.Span;
        if (span.Length is < MessageHeader.Size or > MessageHeader.MaxMessageSize
            || MessageHeader.QuestionCount(span) != 1
            || !WireName.TryMeasure(span[MessageHeader.Size..], out var length)
            || MessageHeader.Size + length + MessageHeader.QuestionFixedPart is var end && end > span.Length)
        {
            throw new ArgumentException("Not a query with one question", nameof(message));
        }

        return new UpstreamQuery(message, end);
    }

    /// <summary>Writes the message under another id; <paramref name="destination"/> has room for it.</summary>
    public void Write(Span<byte> destination, ushort id)
    {
        Message.Span.CopyTo(destination);
        BinaryPrimitives.WriteUInt16BigEndian(destination, id);
    }
}
