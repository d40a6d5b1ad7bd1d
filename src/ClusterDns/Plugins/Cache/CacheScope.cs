using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>What an operator looks up or throws away: a name, of all types, or everything at and below it.</summary>
internal sealed record CacheScope(DnsName Name, bool IsSubtree)
{
    public bool Covers(CacheEntry entry)
    {
        var owner = entry.Name;
        var name = Name.Wire;
        if (!IsSubtree || owner.Length <= name.Length)
        {
            return owner.SequenceEqual(name);
        }

        // The same octets at the end are the same labels only if a label begins there.
        var start = owner.Length - name.Length;
        if (!owner.EndsWith(name))
        {
            return false;
        }

        var at = 0;
        while (at < start)
        {
            at += 1 + owner[at];
        }

        return at == start;
    }
}
