using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.ZoneFiles;

/// <summary>Writes records of a zone into a reply, with their signatures where the client wants them (RFC 4035, 3.1).</summary>
internal readonly ref struct ZoneWriter(FileZone zone, Query query)
{
    public FileZone Zone { get; } = zone;

    public Query Query { get; } = query;

    private bool IsProving => Query.Edns.DnssecOk && Zone.HasDenials;

    /// <summary>The name of a node that the question's name ends in, as the client has spelt it.</summary>
    public NameParts Enclosing(int node) => NameParts.FromQuestion(Query.Name.Length - Zone.NameOf(node).Length);

    /// <summary>A node's records of one type; false if it has none.</summary>
    public bool Write(Section section, NameParts owner, int node, RecordType type)
    {
        var set = Zone.Find(node, type);
        foreach (var record in Zone.RecordsOf(set))
        {
            if (!Query.Reply.AddPlain(section, owner, type, RecordClass.IN, record.TimeToLive, Zone.DataOf(record)))
            {
                break;
            }
        }

        if (!set.IsEmpty && Query.Edns.DnssecOk)
        {
            WriteSignatures(section, owner, node, type);
        }

        return !set.IsEmpty;
    }

    /// <summary>The zone's own NS records: what goes with an answer.</summary>
    public void WriteNameServers() => Write(Section.Authority, Enclosing(FileZone.Apex), FileZone.Apex, RecordType.NS);

    /// <summary>The name is there, or a wildcard for it, and the type is not.</summary>
    public void WriteNoData(in ZoneMatch match)
    {
        WriteStartOfAuthority();
        if (!IsProving)
        {
            return;
        }

        // A name without records has no NSEC of its own; the one before it says so. One for which a wildcard stands is
        // denied besides (RFC 4035, 3.1.3.4).
        var proof = Zone.Find(match.Node, RecordType.NSEC).IsEmpty ? FileZone.None : match.Node;
        WriteDenial(proof);
        if (proof == FileZone.None || match.Kind == ZoneMatchKind.Wildcard)
        {
            WriteDenialOf(Query.Name.Wire, proof);
        }
    }

    /// <summary>There is no such name, and no wildcard for it (RFC 4035, 3.1.3.2).</summary>
    public void WriteNameError(in ZoneMatch match)
    {
        Query.Reply.Code = ResponseCode.NameError;
        WriteStartOfAuthority();
        if (!IsProving)
        {
            return;
        }

        var written = WriteDenialOf(Query.Name.Wire, FileZone.None);
        Span<byte> wildcard = stackalloc byte[WireName.MaxLength + 2];
        var encloser = Zone.NameOf(match.Encloser);
        "\u0001*"u8.CopyTo(wildcard);
        encloser.CopyTo(wildcard[2..]);
        WriteDenialOf(wildcard[..(encloser.Length + 2)], written);
    }

    /// <summary>The name itself is not there: what a client has to know of an answer by wildcard (RFC 4035, 3.1.3.3).</summary>
    public void WriteWildcardProof()
    {
        if (IsProving)
        {
            WriteDenialOf(Query.Name.Wire, FileZone.None);
        }
    }

    /// <summary>Somebody else has the name: who, and with glue where (RFC 1034, 4.3.2, 3b).</summary>
    public void WriteReferral(int node)
    {
        var owner = Enclosing(node);
        Write(Section.Authority, owner, node, RecordType.NS);
        if (Query.Edns.DnssecOk && !Write(Section.Authority, owner, node, RecordType.DS))
        {
            Write(Section.Authority, owner, node, RecordType.NSEC);
        }

        AddressesOfServers(node);
    }

    /// <summary>Addresses of name servers that are named in what they serve; others are found without us.</summary>
    public void AddressesOfServers(int node)
    {
        var cut = Zone.NameOf(node);
        foreach (var record in Zone.RecordsOf(Zone.Find(node, RecordType.NS)))
        {
            WriteAddresses(Zone.DataOf(record), cut);
        }
    }

    /// <summary>Addresses that go with MX and SRV records.</summary>
    /// <param name="node">Whose records they are.</param>
    /// <param name="type">MX or SRV; for others there are none.</param>
    public void WriteAdditional(int node, RecordType type)
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

        var previous = ReadOnlySpan<byte>.Empty;
        foreach (var record in Zone.RecordsOf(Zone.Find(node, type)))
        {
            // Several ports of one target are the usual case.
            var target = Zone.DataOf(record)[start..];
            if (!target.SequenceEqual(previous) && !WriteAddresses(target, Zone.Origin.Wire))
            {
                return;
            }

            previous = target;
        }
    }

    private void WriteStartOfAuthority() =>
        Write(Section.Authority, Enclosing(FileZone.Apex), FileZone.Apex, RecordType.SOA);

    /// <summary>False when the reply is full.</summary>
    private bool WriteAddresses(ReadOnlySpan<byte> name, ReadOnlySpan<byte> parent)
    {
        Span<byte> lowerCase = stackalloc byte[WireName.MaxLength];
        WireName.ToLower(name, lowerCase);
        lowerCase = lowerCase[..name.Length];
        if (!lowerCase.EndsWith(parent) || !Zone.TryFind(lowerCase, out var node))
        {
            return true;
        }

        var before = Query.Reply.AdditionalCount;
        var isThere = Write(Section.Additional, NameParts.Whole(name), node, RecordType.A)
            | Write(Section.Additional, NameParts.Whole(name), node, RecordType.AAAA);
        return !isThere || Query.Reply.AdditionalCount > before;
    }

    private void WriteSignatures(Section section, NameParts owner, int node, RecordType covered)
    {
        foreach (var record in Zone.RecordsOf(Zone.Find(node, RecordType.RRSIG)))
        {
            // RFC 4034, 3.1: the type covered comes first.
            var data = Zone.DataOf(record);
            if (data[0] == (byte)((ushort)covered >> 8) && data[1] == (byte)covered)
            {
                Query.Reply.AddPlain(section, owner, RecordType.RRSIG, RecordClass.IN, record.TimeToLive, data);
            }
        }
    }

    private int WriteDenialOf(ReadOnlySpan<byte> lowerCaseName, int written)
    {
        var node = Zone.FindDenying(lowerCaseName);
        if (node != written)
        {
            WriteDenial(node);
        }

        return node;
    }

    private void WriteDenial(int node)
    {
        if (node != FileZone.None)
        {
            Write(Section.Authority, NameParts.Whole(Zone.NameOf(node)), node, RecordType.NSEC);
        }
    }
}
