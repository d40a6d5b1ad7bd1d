namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// A page of pods: written front to back and never again, so that a reader with a page in hand reads what was true.
/// Only marks change, and readers don't look at them.
/// </summary>
internal sealed class PodPage
{
    /// <summary>Below what the collector keeps apart as large.</summary>
    public const int Size = 64 * 1024;

    private readonly byte[] _octets = GC.AllocateUninitializedArray<byte>(Size);
    private NamespaceEntry[] _namespaces = [];

    /// <summary>Octets written.</summary>
    public int Used { get; private set; }

    /// <summary>Octets of pods that are alive.</summary>
    public int Live { get; private set; }

    public bool HasRoomFor(int length) => Used + length <= Size;

    /// <summary>Writer only. Gives the offset.</summary>
    public int Append(NamespaceEntry parent, ReadOnlySpan<byte> record)
    {
        var offset = Used;
        var written = _octets.AsSpan(offset, record.Length);
        record.CopyTo(written);
        PodLayout.SetNamespaceIndex(written, IndexOf(parent));
        Used += record.Length;
        Live += record.Length;
        return offset;
    }

    public PodView At(int offset) => new(NamespaceAt(offset), RecordAt(offset));

    public NamespaceEntry NamespaceAt(int offset) => Volatile.Read(ref _namespaces)[PodLayout.NamespaceIndex(_octets.AsSpan(offset))];

    /// <summary>One whole record.</summary>
    public ReadOnlySpan<byte> RecordAt(int offset) => _octets.AsSpan(offset, PodLayout.Length(_octets.AsSpan(offset)));

    public byte MarkAt(int offset) => _octets[offset];

    /// <summary>Writer only.</summary>
    public void Mark(int offset, byte mark) => _octets[offset] = mark;

    /// <summary>Writer only: the pod is gone.</summary>
    public void Kill(int offset)
    {
        _octets[offset] = PodLayout.Dead;
        Live -= RecordAt(offset).Length;
    }

    /// <summary>Writer only: offsets of the pods that are alive.</summary>
    public IEnumerable<int> LiveOffsets()
    {
        for (var offset = 0; offset < Used; offset += RecordAt(offset).Length)
        {
            if (_octets[offset] != PodLayout.Dead)
            {
                yield return offset;
            }
        }
    }

    // Neighbours in a list are of one namespace, so it is mostly the last one.
    private ushort IndexOf(NamespaceEntry parent)
    {
        var index = Array.LastIndexOf(_namespaces, parent);
        if (index < 0)
        {
            index = _namespaces.Length;
            Volatile.Write(ref _namespaces, [.. _namespaces, parent]);
        }

        return (ushort)index;
    }
}
