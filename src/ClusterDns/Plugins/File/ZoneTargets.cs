using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Referrals, and the addresses of names that records lead to.</summary>
internal static class ZoneTargets
{
    /// <summary>Somebody else has the name: who, and with glue where (RFC 1034, 4.3.2, 3b).</summary>
    public static void WriteReferral(in ZoneWriter writer, int node)
    {
        var owner = writer.Enclosing(node);
        writer.Write(Section.Authority, owner, node, RecordType.NS);
        if (writer.Query.Edns.DnssecOk && !writer.Write(Section.Authority, owner, node, RecordType.DS))
        {
            // That there is no DS is proven as well (RFC 4035, 3.1.4).
            writer.Write(Section.Authority, owner, node, RecordType.NSEC);
        }

        WriteServers(writer, node);
    }

    /// <summary>Addresses of name servers that are named in what they serve; others are found without us.</summary>
    public static void WriteServers(in ZoneWriter writer, int node)
    {
        var zone = writer.Zone;
        foreach (var record in zone.RecordsOf(zone.Find(node, RecordType.NS)))
        {
            WriteAddresses(writer, zone.DataOf(record), zone.NameOf(node));
        }
    }

    /// <summary>Addresses that go with MX and SRV records.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="node">Whose records they are.</param>
    /// <param name="type">MX or SRV; for others there are none.</param>
    public static void WriteAdditional(in ZoneWriter writer, int node, RecordType type)
    {
        var start = type switch
        {
            RecordType.MX => 2,
            RecordType.SRV => 6,
            _ => 0,
        };
        if (start == 0)
        {
            return;
        }

        var zone = writer.Zone;
        var previous = ReadOnlySpan<byte>.Empty;
        foreach (var record in zone.RecordsOf(zone.Find(node, type)))
        {
            // Several ports of one target are the usual case.
            var target = zone.DataOf(record)[start..];
            if (!target.SequenceEqual(previous) && !WriteAddresses(writer, target, zone.Origin.Wire))
            {
                return;
            }

            previous = target;
        }
    }

    /// <summary>False when the reply is full.</summary>
    private static bool WriteAddresses(in ZoneWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> parent)
    {
        Span<byte> lowerCase = stackalloc byte[WireName.MaxLength];
        WireName.ToLower(name, lowerCase);
        lowerCase = lowerCase[..name.Length];
        if (!lowerCase.EndsWith(parent) || !writer.Zone.TryFind(lowerCase, out var node))
        {
            return true;
        }

        var before = writer.Query.Reply.AdditionalCount;
        var owner = NameParts.Whole(name);
        var isThere = writer.Write(Section.Additional, owner, node, RecordType.A)
            | writer.Write(Section.Additional, owner, node, RecordType.AAAA);
        return !isThere || writer.Query.Reply.AdditionalCount > before;
    }
}
