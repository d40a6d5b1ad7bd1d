namespace ClusterDns.Wire;

/// <summary>
/// What a type's rdata is made of, as far as a writer has to know to move it between messages: octets, character
/// strings, names, octets.
/// </summary>
/// <param name="OctetsBefore">Octets in front.</param>
/// <param name="Strings">Character strings behind those (RFC 1035, 3.3).</param>
/// <param name="Names">Names behind those, at most two.</param>
/// <param name="OctetsAfter">Octets at the end, or <see cref="AnyNumber"/>.</param>
/// <param name="MayCompress">Whether a writer may compress the names: only in types of RFC 1035 (RFC 3597, 4).</param>
internal readonly record struct RecordLayout(
    int OctetsBefore,
    int Strings,
    int Names,
    int OctetsAfter,
    bool MayCompress)
{
    public const int AnyNumber = -1;

    /// <summary>
    /// Finds the names in a record's rdata, pointers not followed. False when the rdata is not made like this.
    /// </summary>
    public bool TryFindNames(ReadOnlySpan<byte> message, in RecordView record, out int start, out int end)
    {
        var data = message[..record.End];
        start = record.DataOffset + OctetsBefore;
        for (var i = 0; i < Strings; i++)
        {
            if (start >= data.Length)
            {
                end = start;
                return false;
            }

            start += data[start] + 1;
        }

        end = start;
        for (var i = 0; i < Names; i++)
        {
            if (!NameReader.TrySkip(data, ref end))
            {
                return false;
            }
        }

        return end <= data.Length && (OctetsAfter == AnyNumber || data.Length - end == OctetsAfter);
    }
}
