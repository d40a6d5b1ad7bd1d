using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The running pods, by name for the writer and by address for queries. There may be 150,000: a pod is a record in a page
/// and a slot in two indexes, about 65 octets, and no object. A position is page and offset in one number; 0 is none.
/// </summary>
internal sealed class PodTable
{
    private const int OffsetBits = 16;

    /// <summary>A power of two, for a gibibyte of pods.</summary>
    private const int MostPages = 1 << 14;

    /// <summary>Marks of lists, one after the other; only the last two are ever compared.</summary>
    private const int Marks = 200;

    private readonly PodIndex _byName = new();
    private readonly PodIndex _byAddress = new();
    private PodPage?[] _pages = new PodPage?[2];
    private int _current;

    /// <summary>Pods with this address, the first or the second of theirs.</summary>
    public PodMatches Find(NetworkAddress address) => new(this, address);

    /// <summary>The slots by address, for <see cref="PodMatches"/>.</summary>
    public ulong[] AddressSlots => _byAddress.Slots;

    /// <summary>False when the pod has been moved: its slot tells where.</summary>
    public bool TryRead(uint position, out PodView pod)
    {
        if (PageOf(position) is { } page)
        {
            pod = page.At(OffsetOf(position));
            return true;
        }

        pod = default;
        return false;
    }

    /// <summary>Writer only: where the pod lies, or 0.</summary>
    public uint Locate(NamespaceEntry parent, ReadOnlySpan<byte> name)
    {
        var hash = ZoneHash.Of(parent.Hash, name);
        var step = 0;
        while (PodIndex.Next(_byName.Slots, hash, ref step) is not 0 and var position)
        {
            if (TryRead(position, out var pod) && ReferenceEquals(pod.Namespace, parent) && pod.Name.SequenceEqual(name))
            {
                return position;
            }
        }

        return 0;
    }

    /// <summary>Writer only. A pod of this name must not be there.</summary>
    public void Add(NamespaceEntry parent, ReadOnlySpan<byte> record)
    {
        var position = Append(parent, record);
        _byName.Add(ZoneHash.Of(parent.Hash, PodLayout.Name(record)), position);
        _byAddress.Add(ZoneHash.Of(PodLayout.Address(record)), position);
        if (PodLayout.OtherAddress(record) is { } other)
        {
            _byAddress.Add(ZoneHash.Of(other), position);
        }
    }

    /// <summary>Writer only. Gives the namespace that the pod was in.</summary>
    public NamespaceEntry Remove(uint position)
    {
        var page = PageOf(position)!;
        var offset = OffsetOf(position);
        var parent = page.NamespaceAt(offset);
        var record = page.RecordAt(offset);
        _byName.Remove(ZoneHash.Of(parent.Hash, PodLayout.Name(record)), position);
        _byAddress.Remove(ZoneHash.Of(PodLayout.Address(record)), position);
        if (PodLayout.OtherAddress(record) is { } other)
        {
            _byAddress.Remove(ZoneHash.Of(other), position);
        }

        page.Kill(offset);
        if (page.Live < page.Used / 2 && position >> OffsetBits != _current)
        {
            Evacuate((int)(position >> OffsetBits));
        }

        return parent;
    }

    /// <summary>Writer only.</summary>
    public void Mark(uint position, int generation) => PageOf(position)!.Mark(OffsetOf(position), MarkOf(generation));

    /// <summary>Writer only: the pods that the list with this number did not have.</summary>
    public IReadOnlyList<(NamespaceEntry Parent, byte[] Name)> NotIn(int generation)
    {
        var missing = new List<(NamespaceEntry, byte[])>();
        foreach (var page in Pages())
        {
            foreach (var offset in page.LiveOffsets().Where(offset => page.MarkAt(offset) != MarkOf(generation)))
            {
                missing.Add((page.NamespaceAt(offset), PodLayout.Name(page.RecordAt(offset)).ToArray()));
            }
        }

        return missing;
    }

    /// <summary>Writer only: everything there is.</summary>
    public IEnumerable<PodPage> Pages() => _pages.OfType<PodPage>();

    /// <summary>Writer only: as it was put.</summary>
    public ReadOnlySpan<byte> RecordAt(uint position) => PageOf(position)!.RecordAt(OffsetOf(position));

    /// <summary>Writer only: a pod with the same name and something else changed. It is never absent meanwhile.</summary>
    public void Replace(uint position, NamespaceEntry parent, ReadOnlySpan<byte> record)
    {
        Add(parent, record);
        Remove(position);
    }

    public static byte MarkOf(int generation) => (byte)(1 + (generation % Marks));

    private static int OffsetOf(uint position) => (int)(position & ((1 << OffsetBits) - 1));

    private static uint PositionOf(int page, int offset) => ((uint)page << OffsetBits) | (uint)offset;

    private PodPage? PageOf(uint position) => Volatile.Read(ref Volatile.Read(ref _pages)[position >> OffsetBits]);

    private uint Append(NamespaceEntry parent, ReadOnlySpan<byte> record)
    {
        if (_pages[_current] is not { } page || !page.HasRoomFor(record.Length))
        {
            page = AddPage();
        }

        return PositionOf(_current, page.Append(parent, record));
    }

    // Page 0 is never there, so that no position is 0. Numbers go round: the one of a page that is gone is taken again
    // only after all others, so a reader would have to sleep through some million changes to mistake one for another.
    private PodPage AddPage()
    {
        do
        {
            _current = Math.Max(1, (_current + 1) & (MostPages - 1));
        }
        while (_current < _pages.Length && _pages[_current] is not null);

        if (_current >= _pages.Length)
        {
            var wider = new PodPage?[Math.Min(MostPages, _pages.Length * 2)];
            _pages.CopyTo(wider, 0);
            Volatile.Write(ref _pages, wider);
        }

        var page = new PodPage();
        Volatile.Write(ref _pages[_current], page);
        return page;
    }

    /// <summary>Moves what is alive, so that pods that are gone cost at most as much as those that are there.</summary>
    private void Evacuate(int number)
    {
        var page = _pages[number]!;
        foreach (var offset in page.LiveOffsets())
        {
            var parent = page.NamespaceAt(offset);
            var record = page.RecordAt(offset);
            var (from, to) = (PositionOf(number, offset), Append(parent, record));
            _byName.Move(ZoneHash.Of(parent.Hash, PodLayout.Name(record)), from, to);
            _byAddress.Move(ZoneHash.Of(PodLayout.Address(record)), from, to);
            if (PodLayout.OtherAddress(record) is { } other)
            {
                _byAddress.Move(ZoneHash.Of(other), from, to);
            }
        }

        Volatile.Write(ref _pages[number], null);
    }
}
