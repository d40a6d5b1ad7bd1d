namespace ClusterDns.Kubernetes.Zone;

/// <summary>
/// The arrays behind <see cref="HashIndex{T}"/>: open addressing, two arrays in step, so that a miss touches hashes only.
/// </summary>
internal sealed class HashSlots(int capacity)
{
    private readonly uint[] _hashes = new uint[capacity];
    private readonly Content[] _contents = new Content[capacity];

    /// <summary>A power of two.</summary>
    public int Capacity => _hashes.Length;

    /// <summary>Slots that hold a hash, with or without content.</summary>
    public int Used { get; private set; }

    public uint HashAt(int slot) => _hashes[slot];

    /// <summary>For <see cref="HashBucket{T}"/>; null for a slot that holds nothing.</summary>
    public object? ContentAt(int slot) => Volatile.Read(ref _contents[slot].Value);

    /// <summary>Where <paramref name="hash"/> is, or the free slot where it would go; there always is one.</summary>
    public int Locate(uint hash)
    {
        var hashes = _hashes;
        for (var slot = hash; ; slot++)
        {
            slot &= (uint)(hashes.Length - 1);
            var present = Volatile.Read(ref hashes[slot]);
            if (present == hash || present == 0)
            {
                return (int)slot;
            }
        }
    }

    /// <summary>
    /// Writer only. The content goes first: a reader that sees the hash sees the content. A hash never leaves its slot,
    /// so a name whose items come and go stays where readers look for it.
    /// </summary>
    public void Set(int slot, uint hash, object? content)
    {
        Volatile.Write(ref _contents[slot].Value, content);
        if (_hashes[slot] == 0)
        {
            Volatile.Write(ref _hashes[slot], hash);
            Used++;
        }
    }

    /// <summary>A reference in a struct: in a bare array of references every access would check the array's type.</summary>
    private struct Content
    {
        public object? Value;
    }
}
