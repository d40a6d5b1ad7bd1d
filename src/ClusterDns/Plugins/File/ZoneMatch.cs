using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>What a zone has for a name.</summary>
/// <param name="Kind">How it has it.</param>
/// <param name="Node">The name itself, the wildcard, the delegation, the DNAME; else the closest encloser.</param>
/// <param name="Encloser">The longest name of the zone that the name ends in.</param>
internal readonly record struct ZoneMatch(ZoneMatchKind Kind, int Node, int Encloser)
{
    /// <param name="zone">The zone.</param>
    /// <param name="name">A name in it.</param>
    /// <param name="type">The type asked for: DS is the only one that a delegation's parent answers (RFC 4035, 3.1.4.1).</param>
    public static ZoneMatch Find(FileZone zone, QuestionName name, RecordType type)
    {
        var isExact = zone.TryFind(name.Wire, out var node);
        if (!isExact)
        {
            node = FindEncloser(zone, name);
        }

        var cover = zone[node].Cover;
        if (!isExact && cover == FileZone.None && !zone.Find(node, RecordType.DNAME).IsEmpty)
        {
            cover = node;
        }

        var isAtCover = isExact && cover == node;
        if (cover != FileZone.None && !(isAtCover && type == RecordType.DS))
        {
            var isRedirected = !isAtCover && !zone.Find(cover, RecordType.DNAME).IsEmpty;
            return new ZoneMatch(isRedirected ? ZoneMatchKind.Redirection : ZoneMatchKind.Delegation, cover, node);
        }

        if (isExact)
        {
            return new ZoneMatch(ZoneMatchKind.Exact, node, node);
        }

        var wildcard = zone[node].Wildcard;
        return wildcard == FileZone.None
            ? new ZoneMatch(ZoneMatchKind.NameError, node, node)
            : new ZoneMatch(ZoneMatchKind.Wildcard, wildcard, node);
    }

    // From the apex down, since every name between two others is there too: a long name that nobody has costs no more
    // than a short one.
    private static int FindEncloser(FileZone zone, QuestionName name)
    {
        var encloser = FileZone.Apex;
        for (var label = name.LabelCount - zone.Origin.LabelCount - 1; label > 0; label--)
        {
            if (!zone.TryFind(name.From(label), out var node))
            {
                break;
            }

            encloser = node;
        }

        return encloser;
    }
}
