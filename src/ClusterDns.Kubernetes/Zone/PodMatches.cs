using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>The pods with one address, read while the writer goes on; each comes once, as it was at some moment.</summary>
internal ref struct PodMatches
{
    private readonly PodTable _table;
    private readonly NetworkAddress _address;
    private readonly ulong[] _slots;
    private readonly uint _hash;
    private int _step;

    public PodMatches(PodTable table, NetworkAddress address)
    {
        _table = table;
        _address = address;
        _slots = table.AddressSlots;
        _hash = ZoneHash.Of(address);
    }

    public PodView Current { get; private set; }

    /// <summary>
    /// A pod was moved after the slots had been replaced, and could not be followed: whoever must know all asks again.
    /// </summary>
    public bool IsOutdated { get; private set; }

    public bool MoveNext()
    {
        while (PodIndex.Next(_slots, _hash, ref _step) is not 0 and var position)
        {
            if (!_table.TryRead(position, out var pod) && !TryFollow(position, out pod))
            {
                IsOutdated = true;
                return false;
            }

            if (pod.Address == _address || pod.OtherAddress == _address)
            {
                Current = pod;
                return true;
            }
        }

        return false;
    }

    // The slot is written before the page goes, so it tells where the pod is now; in slots that are in use, that is.
    private bool TryFollow(uint position, out PodView pod)
    {
        _step--;
        var moved = PodIndex.Next(_slots, _hash, ref _step);
        pod = default;
        return moved != 0 && moved != position && _table.TryRead(moved, out pod);
    }
}
