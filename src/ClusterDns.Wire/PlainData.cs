namespace ClusterDns.Wire;

/// <summary>Takes rdata out of its message: names in it are written out, so that it can be read by itself.</summary>
public static class PlainData
{
    /// <summary>Octets that the longest rdata can have once its names are written out: two at most.</summary>
    public const int MaxLength = ushort.MaxValue + (2 * WireName.MaxLength);

    /// <summary>
    /// False if the rdata is not made as its type says, with nothing promised about the outputs. Never throws.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="record">A record that <see cref="RecordReader"/> found in it.</param>
    /// <param name="destination">Holds <see cref="MaxLength"/> octets.</param>
    /// <param name="length">Octets written.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, in RecordView record, Span<byte> destination, out int length)
    {
        length = 0;
        var layout = RecordData.LayoutOf(record.Type, record.Class);
        if (!layout.TryFindNames(message, record, out var start, out var end))
        {
            return false;
        }

        message[record.DataOffset..start].CopyTo(destination);
        length = start - record.DataOffset;
        for (var position = start; position < end;)
        {
            if (!NameReader.TryRead(message[..end], ref position, destination[length..], out var octets))
            {
                return false;
            }

            length += octets;
        }

        message[end..record.End].CopyTo(destination[length..]);
        length += record.End - end;
        return true;
    }
}
