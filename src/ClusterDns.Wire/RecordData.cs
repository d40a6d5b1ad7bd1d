namespace ClusterDns.Wire;

/// <summary>Moves rdata between messages, where the names in it stand at other places and are compressed in another way.</summary>
internal static class RecordData
{
    private static readonly RecordLayout Opaque = new(0, 0, 0, RecordLayout.AnyNumber, MayCompress: false);

    /// <summary>
    /// False for what belongs to one message only and is never copied: OPT (RFC 6891, 6.1.1) and TSIG (RFC 8945, 4.2).
    /// </summary>
    public static bool IsCopied(RecordType type) => type is not (RecordType.OPT or RecordType.TSIG);

    /// <summary>
    /// Copies a record behind those in <paramref name="writer"/>. False when there it is full, when the record is
    /// malformed or never copied, and when <paramref name="map"/> has no name for it.
    /// </summary>
    public static bool TryCopy(
        RecordWriter writer, Section section, ReadOnlySpan<byte> source, in RecordView record, INameMap? map)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        var layout = LayoutOf(record.Type, record.Class);
        var position = record.Offset;
        if (!IsCopied(record.Type)
            || !NameReader.TryRead(source, ref position, name, out var length)
            || !layout.TryFindNames(source, record, out var start, out var end)
            || (map is not null && !map.TryMap(record, INameMap.Owner, name, ref length)))
        {
            return false;
        }

        var owner = NameParts.Whole(name[..length]);
        var octets = record.DataLength - (end - start);
        if (!writer.TryBegin(section, owner, record.Type, record.Class, record.TimeToLive, octets, layout.Names))
        {
            return false;
        }

        writer.Write(source[record.DataOffset..start]);
        var index = INameMap.Owner;
        for (position = start; position < end;)
        {
            if (!NameReader.TryRead(source[..end], ref position, name, out length)
                || (map is not null && !map.TryMap(record, ++index, name, ref length)))
            {
                writer.TakeBack();
                return false;
            }

            writer.WriteName(NameParts.Whole(name[..length]), layout.MayCompress);
        }

        writer.Write(source[end..record.End]);
        return writer.End();
    }

    /// <summary>
    /// Writes a record behind those in <paramref name="writer"/>, out of rdata that stands by itself. False when there it
    /// is full, when the owner exceeds 255 octets, and when the rdata is not made as the type says.
    /// </summary>
    public static bool TryWrite(
        RecordWriter writer,
        Section section,
        in NameParts owner,
        RecordType type,
        RecordClass recordClass,
        uint timeToLive,
        ReadOnlySpan<byte> data)
    {
        var layout = LayoutOf(type, recordClass);
        var record = new RecordView(section, 0, type, recordClass, timeToLive, 0, data.Length);
        if (!layout.TryFindNames(data, record, out var start, out var end)
            || !writer.TryBegin(section, owner, type, recordClass, timeToLive, data.Length - (end - start), layout.Names))
        {
            return false;
        }

        writer.Write(data[..start]);
        for (var position = start; position < end;)
        {
            if (!WireName.TryMeasure(data[position..end], out var length))
            {
                writer.TakeBack();
                return false;
            }

            writer.WriteName(NameParts.Whole(data.Slice(position, length)), layout.MayCompress);
            position += length;
        }

        writer.Write(data[end..]);
        return writer.End();
    }

    // Names in the types of RFC 1035 may come compressed, and by older rules so may those in the types that RFC 3597, 4
    // lists behind them; a pointer copied as it is would lead into the wrong message. All other rdata is opaque.
    internal static RecordLayout LayoutOf(RecordType type, RecordClass recordClass) => type switch
    {
        RecordType.A when recordClass == RecordClass.IN => Opaque with { OctetsAfter = 4 },
        RecordType.AAAA when recordClass == RecordClass.IN => Opaque with { OctetsAfter = 16 },
        RecordType.CNAME or RecordType.NS or RecordType.PTR or RecordType.MD or RecordType.MF or RecordType.MB
            or RecordType.MG or RecordType.MR => new(0, 0, 1, 0, MayCompress: true),
        RecordType.MX => new(2, 0, 1, 0, MayCompress: true),
        RecordType.MINFO => new(0, 0, 2, 0, MayCompress: true),
        RecordType.SOA => new(0, 0, 2, 20, MayCompress: true),
        RecordType.SRV => new(6, 0, 1, 0, MayCompress: false),
        RecordType.DNAME => new(0, 0, 1, 0, MayCompress: false),
        RecordType.NAPTR => new(4, 3, 1, 0, MayCompress: false),
        RecordType.AFSDB or RecordType.RT or RecordType.KX => new(2, 0, 1, 0, MayCompress: false),
        RecordType.RP => new(0, 0, 2, 0, MayCompress: false),
        RecordType.PX => new(2, 0, 2, 0, MayCompress: false),
        RecordType.NXT => new(0, 0, 1, RecordLayout.AnyNumber, MayCompress: false),
        RecordType.SIG => new(18, 0, 1, RecordLayout.AnyNumber, MayCompress: false),
        _ => Opaque,
    };
}
