namespace ClusterDns.Transport.Udp.Overload;

/// <summary>
/// Which clients most packets come from, in a fixed number of counters ("space saving", Metwally, Agrawal, El Abbadi,
/// 2005): a client that has none takes the smallest over, with its count. Whoever sends more than a part of all that is
/// one by the number of counters is among them.
/// </summary>
internal sealed class SourceSample
{
    public const int Counters = 32;

    private readonly ulong[] _bits = new ulong[Counters];
    private readonly bool[] _isIPv4 = new bool[Counters];
    private readonly int[] _counts = new int[Counters];
    private int _used;

    /// <summary>Packets counted.</summary>
    public int Total { get; private set; }

    public int Used => _used;

    public void Add(TransportAddress client)
    {
        Total++;
        var (bits, isIPv4) = KeyOf(client);
        var smallest = 0;
        for (var i = 0; i < _used; i++)
        {
            if (_bits[i] == bits && _isIPv4[i] == isIPv4)
            {
                _counts[i]++;
                return;
            }

            smallest = _counts[i] < _counts[smallest] ? i : smallest;
        }

        var at = _used < Counters ? _used++ : smallest;
        _bits[at] = bits;
        _isIPv4[at] = isIPv4;
        _counts[at]++;
    }

    /// <summary>A client with a counter; the count may be too high by what the counter's earlier owners had.</summary>
    public (ulong Bits, bool IsIPv4, int Count) this[int index] => (_bits[index], _isIPv4[index], _counts[index]);

    public void Clear()
    {
        Array.Clear(_counts);
        _used = 0;
        Total = 0;
    }

    private static (ulong Bits, bool IsIPv4) KeyOf(TransportAddress client) =>
        client.IsIPv4 ? ((ulong)client.Bits, true) : ((ulong)(client.Bits >> 64), false);
}
