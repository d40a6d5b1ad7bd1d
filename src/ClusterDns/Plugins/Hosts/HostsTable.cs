using ClusterDns.Wire;

namespace ClusterDns.Plugins.Hosts;

/// <summary>
/// What a hosts file says. Immutable; a few arrays instead of objects for each name, since block lists have very many.
/// </summary>
internal sealed class HostsTable
{
    public static readonly HostsTable Empty = new HostsTableBuilder(new([]), hasReverse: true).Build();

    private readonly HostNames _names;
    private readonly HostAddresses _addresses4;
    private readonly HostAddresses _addresses6;
    private readonly Dictionary<NetworkAddress, (int Start, int Count)> _reverse;
    private readonly int[] _reverseNames;

    internal HostsTable(
        HostNames names,
        HostAddresses addresses4,
        HostAddresses addresses6,
        Dictionary<NetworkAddress, (int Start, int Count)> reverse,
        int[] reverseNames)
    {
        _names = names;
        _addresses4 = addresses4;
        _addresses6 = addresses6;
        _reverse = reverse;
        _reverseNames = reverseNames;
    }

    /// <summary>Addresses of names and names of addresses together, as CoreDNS counts.</summary>
    public int EntryCount => _addresses4.Count + _addresses6.Count + _reverseNames.Length;

    /// <summary>Finds a name as it is, or else the <c>*</c> in place of its leftmost label.</summary>
    public bool TryFind(QuestionName name, out int host)
    {
        if (_names.TryFind(name.Wire, out host))
        {
            return true;
        }

        if (name.LabelCount == 0)
        {
            return false;
        }

        Span<byte> wildcard = stackalloc byte[WireName.MaxLength];
        var parent = name.From(1);
        HostNames.Wildcard.CopyTo(wildcard);
        parent.CopyTo(wildcard[HostNames.Wildcard.Length..]);
        return _names.TryFind(wildcard[..(HostNames.Wildcard.Length + parent.Length)], out host);
    }

    /// <summary>The addresses of a name, 4 or 16 octets each, in the order of the file.</summary>
    public ReadOnlySpan<byte> AddressesOf(int host, bool isIPv4) => (isIPv4 ? _addresses4 : _addresses6).Of(host);

    /// <summary>The names of an address, for <see cref="NameOf"/>, in the order of the file.</summary>
    public ReadOnlySpan<int> NamesOf(NetworkAddress address) =>
        _reverse.TryGetValue(address, out var range) ? _reverseNames.AsSpan(range.Start, range.Count) : [];

    public ReadOnlySpan<byte> NameOf(int host) => _names[host];
}
