using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Follows CNAMEs from one name of the zone to the next (RFC 1034, 3.6.2).</summary>
internal static class ZoneAliases
{
    /// <summary>Names of the longest chain in a zone, as for CoreDNS; a longer one ends without an answer.</summary>
    private const int MostLinks = 10;

    /// <summary>
    /// Writes what the zone has from <paramref name="target"/> on. Gives a name that the zone itself does not have, if the
    /// chain gets to one: another plugin or block may, so the whole server is asked, as CoreDNS does. Null when all is
    /// written. A circle ends where it began.
    /// </summary>
    /// <param name="writer">The question, and where the records go.</param>
    /// <param name="start">The node whose name was asked for, or <see cref="FileZone.None"/> if the name is no node's.</param>
    /// <param name="target">Where its alias leads; a whole name.</param>
    public static byte[]? Follow(in ZoneWriter writer, int start, ReadOnlySpan<byte> target)
    {
        var zone = writer.Zone;
        Span<byte> lowerCase = stackalloc byte[WireName.MaxLength];
        Span<int> seen = stackalloc int[MostLinks];
        seen[0] = start;
        for (var links = 1; links < MostLinks; links++)
        {
            var name = lowerCase[..target.Length];
            WireName.ToLower(target, name);
            if (!zone.TryFind(name, out var node) || zone[node].Cover != FileZone.None)
            {
                // A wildcard's alias may lead back to the wildcard.
                return name.SequenceEqual(writer.Query.Name.Wire) ? null : target.ToArray();
            }

            if (seen[..links].Contains(node))
            {
                return null;
            }

            seen[links] = node;
            var alias = zone.Find(node, RecordType.CNAME);
            writer.Write(Section.Answer, NameParts.Whole(target), node, alias.IsEmpty ? writer.Query.Type : RecordType.CNAME);
            if (alias.IsEmpty)
            {
                return null;
            }

            target = zone.DataOf(zone.RecordsOf(alias)[0]);
        }

        return null;
    }
}
