namespace ClusterDns.Wire;

/// <summary>Finds the OPT record of a message and by the way makes sure that all records are whole.</summary>
internal static class EdnsReader
{
    /// <summary>
    /// Walks the records from <paramref name="position"/> on. False if one is cut short, for a second OPT, an OPT with an
    /// owner other than the root or outside the additional section (RFC 6891, 6.1.1), and for an option that overruns it.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int position, out Edns edns)
    {
        edns = default;
        var records = new RecordReader(message, position);
        while (records.TryRead(out var record))
        {
            if (record.Type != RecordType.OPT)
            {
                continue;
            }

            if (edns.IsPresent || record.Section != Section.Additional || message[record.Offset] != 0)
            {
                return false;
            }

            edns = new Edns(
                IsPresent: true,
                (ushort)record.Class,
                (record.TimeToLive & Edns.DnssecOkBit) != 0,
                (byte)(record.TimeToLive >> Edns.VersionShift),
                record.DataOffset,
                record.DataLength)
            {
                ExtendedCode = (byte)(record.TimeToLive >> Edns.ExtendedCodeShift),
            };
            if (edns.OptionsLength > 0 && !AreWhole(edns.Options(message)))
            {
                return false;
            }
        }

        return !records.IsMalformed;
    }

    private static bool AreWhole(EdnsOptions options)
    {
        while (options.TryRead(out _, out _))
        {
        }

        return !options.IsMalformed;
    }
}
