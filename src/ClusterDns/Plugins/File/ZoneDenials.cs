using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>What a zone does not have, and for clients that want it the NSEC records that prove it (RFC 4035, 3.1.3).</summary>
internal static class ZoneDenials
{
    private static ReadOnlySpan<byte> Wildcard => "\u0001*"u8;

    /// <summary>The name is there, or a wildcard for it, and the type is not.</summary>
    public static void WriteNoData(in ZoneWriter writer, in ZoneMatch match)
    {
        writer.WriteStartOfAuthority();
        if (!IsWanted(writer))
        {
            return;
        }

        // A name without records has no NSEC of its own; the one before it says so. One for which a wildcard stands is
        // denied besides (RFC 4035, 3.1.3.4).
        var proof = writer.Zone.Find(match.Node, RecordType.NSEC).IsEmpty ? FileZone.None : match.Node;
        Write(writer, proof);
        if (proof == FileZone.None || match.Kind == ZoneMatchKind.Wildcard)
        {
            WriteFor(writer, writer.Query.Name.Wire, proof);
        }
    }

    /// <summary>There is no such name, and no wildcard for it (RFC 4035, 3.1.3.2).</summary>
    public static void WriteNameError(in ZoneWriter writer, in ZoneMatch match)
    {
        writer.Query.Reply.Code = ResponseCode.NameError;
        writer.WriteStartOfAuthority();
        if (!IsWanted(writer))
        {
            return;
        }

        var written = WriteFor(writer, writer.Query.Name.Wire, FileZone.None);
        Span<byte> wildcard = stackalloc byte[WireName.MaxLength + Wildcard.Length];
        var encloser = writer.Zone.NameOf(match.Encloser);
        Wildcard.CopyTo(wildcard);
        encloser.CopyTo(wildcard[Wildcard.Length..]);
        WriteFor(writer, wildcard[..(Wildcard.Length + encloser.Length)], written);
    }

    /// <summary>The name itself is not there: what a client has to know of an answer by wildcard (RFC 4035, 3.1.3.3).</summary>
    public static void WriteForWildcard(in ZoneWriter writer)
    {
        if (IsWanted(writer))
        {
            WriteFor(writer, writer.Query.Name.Wire, FileZone.None);
        }
    }

    private static bool IsWanted(in ZoneWriter writer) => writer.Query.Edns.DnssecOk && writer.Zone.HasDenials;

    private static int WriteFor(in ZoneWriter writer, ReadOnlySpan<byte> lowerCaseName, int written)
    {
        var node = writer.Zone.FindDenying(lowerCaseName);
        if (node != written)
        {
            Write(writer, node);
        }

        return node;
    }

    private static void Write(in ZoneWriter writer, int node)
    {
        if (node != FileZone.None)
        {
            writer.Write(Section.Authority, NameParts.Whole(writer.Zone.NameOf(node)), node, RecordType.NSEC);
        }
    }
}
