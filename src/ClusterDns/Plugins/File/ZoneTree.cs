using ClusterDns.Plugins.Hosts;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Tells each node of a zone in the making about those above and below that decide what it answers.</summary>
internal static class ZoneTree
{
    /// <param name="names">In canonical order: whatever is above a name comes before it.</param>
    /// <param name="nodes">Their records; what they cover is filled in.</param>
    /// <param name="sets">The sets of all nodes.</param>
    public static void Link(HostNames names, ZoneNode[] nodes, RecordSet[] sets)
    {
        // The apex leads nowhere: its NS records are the zone's own.
        for (var node = FileZone.Apex + 1; node < nodes.Length; node++)
        {
            var name = names[node];
            names.TryFind(name[(name[0] + 1)..], out var parent);
            if (name.StartsWith(HostNames.Wildcard))
            {
                nodes[parent] = nodes[parent] with { Wildcard = node };
            }

            var cover = nodes[parent].Cover;
            if (cover == FileZone.None && Has(nodes[parent], sets, RecordType.DNAME))
            {
                cover = parent;
            }

            if (cover == FileZone.None && Has(nodes[node], sets, RecordType.NS))
            {
                cover = node;
            }

            nodes[node] = nodes[node] with { Cover = cover };
        }
    }

    private static bool Has(in ZoneNode node, RecordSet[] sets, RecordType type)
    {
        foreach (var set in sets.AsSpan(node.FirstSet, node.SetCount))
        {
            if (set.Type == type)
            {
                return true;
            }
        }

        return false;
    }
}
