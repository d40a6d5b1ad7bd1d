namespace ClusterDns.Wire;

/// <summary>How much of a reply is sent: whole records from the front.</summary>
/// <param name="End">First octet that is left out.</param>
/// <param name="Answers">Answer records kept.</param>
/// <param name="Authorities">Authority records kept.</param>
/// <param name="Additionals">Additional records kept.</param>
internal readonly record struct ReplyCut(int End, int Answers, int Authorities, int Additionals)
{
    /// <summary>
    /// Keeps as many records as end within <paramref name="room"/> octets. An additional RRset stays whole or goes
    /// (RFC 2181, 9): TC does not tell the client that some of it is missing.
    /// </summary>
    /// <param name="message">Header with counts, question, records.</param>
    /// <param name="questionEnd">First octet behind the question, which is always kept.</param>
    /// <param name="room">Octets to keep at most.</param>
    public static ReplyCut Find(ReadOnlySpan<byte> message, int questionEnd, int room)
    {
        Span<int> kept = stackalloc int[3];
        var end = questionEnd;
        var records = new RecordReader(message, questionEnd);
        var first = default(RecordView);
        var countBeforeFirst = 0;
        while (records.TryRead(out var record))
        {
            if (!IsSameSet(message, first, record))
            {
                first = record;
                countBeforeFirst = kept[(int)record.Section];
            }

            if (record.End > room)
            {
                if (record.Section == Section.Additional)
                {
                    end = first.Offset;
                    kept[(int)Section.Additional] = countBeforeFirst;
                }

                break;
            }

            kept[(int)record.Section]++;
            end = record.End;
        }

        return new ReplyCut(end, kept[0], kept[1], kept[2]);
    }

    private static bool IsSameSet(ReadOnlySpan<byte> message, in RecordView first, in RecordView record)
    {
        if (record.Section != Section.Additional
            || first.Section != Section.Additional
            || first.Type != record.Type
            || first.Class != record.Class)
        {
            return false;
        }

        Span<byte> left = stackalloc byte[WireName.MaxLength];
        Span<byte> right = stackalloc byte[WireName.MaxLength];
        var leftAt = first.Offset;
        var rightAt = record.Offset;
        return NameReader.TryRead(message, ref leftAt, left, out var leftLength)
            && NameReader.TryRead(message, ref rightAt, right, out var rightLength)
            && WireName.EqualsIgnoreCase(left[..leftLength], right[..rightLength]);
    }
}
