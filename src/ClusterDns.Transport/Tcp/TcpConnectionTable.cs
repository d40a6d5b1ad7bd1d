namespace ClusterDns.Transport.Tcp;

/// <summary>
/// The open connections of one listener, bounded in all and per client address. Where a bound is reached a new connection
/// takes the place of the one that would be missed least, so that whoever opens connections to keep them idle keeps nobody out.
/// </summary>
internal sealed class TcpConnectionTable(int most, int mostPerAddress)
{
    /// <summary>
    /// Connections that have lost their place and are not gone yet: without descriptor, some 2 KiB each. A thread pool that
    /// has no time for them lets them grow to this; then new ones are refused.
    /// </summary>
    public const int MostEnding = 4096;

    /// <summary>Connections looked at to find the one that would be missed least; the next time it is the turn of the next ones.</summary>
    public const int Looks = 32;

    /// <summary>Held when a connection comes or goes and for a copy per sweep, never for a query.</summary>
    private readonly Lock _lock = new();
    private readonly List<TcpSeat> _open = [];
    private readonly Dictionary<(UInt128 Bits, bool IsIPv4), TcpAddressShare> _shares = [];
    private int _ending;
    private int _hand;

    /// <summary>Connections that are not gone yet.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count + _ending;
            }
        }
    }

    /// <summary>Takes a connection in.</summary>
    /// <param name="connection">The new one.</param>
    /// <param name="seat">Its place, for <see cref="Remove"/>; null when it is refused.</param>
    /// <param name="displaced">The one that has lost its place to it, to be ended by the caller; null for none.</param>
    /// <returns>The bound that is reached, whether or not the new one found a place.</returns>
    public TcpAdmission TryAdd(TcpConnection connection, out TcpSeat? seat, out TcpConnection? displaced)
    {
        seat = null;
        displaced = null;
        lock (_lock)
        {
            var share = ShareOf(connection);
            var bound = BoundFor(share);
            if (bound != TcpAdmission.Admitted)
            {
                var least = bound == TcpAdmission.TotalReached ? LeastUsefulFor(share) : share.LeastUseful();
                if (least is null || _ending == MostEnding)
                {
                    return bound;
                }

                Displace(least);
                displaced = least.Connection;
            }

            seat = new TcpSeat(connection, share);
            Seat(seat);
            return bound;
        }
    }

    public void Remove(TcpSeat seat)
    {
        lock (_lock)
        {
            if (seat.IsEnding)
            {
                _ending--;
            }
            else
            {
                Unseat(seat);
            }
        }
    }

    public void CopyTo(List<TcpConnection> destination)
    {
        lock (_lock)
        {
            foreach (var seat in _open)
            {
                destination.Add(seat.Connection);
            }
        }
    }

    private TcpAddressShare ShareOf(TcpConnection connection)
    {
        var (bits, isIPv4) = (connection.Client.Bits, connection.Client.IsIPv4);
        return _shares.TryGetValue((bits, isIPv4), out var share) ? share : new TcpAddressShare(bits, isIPv4);
    }

    private TcpAdmission BoundFor(TcpAddressShare share) =>
        share.Count >= mostPerAddress ? TcpAdmission.AddressReached
        : _open.Count >= most ? TcpAdmission.TotalReached
        : TcpAdmission.Admitted;

    /// <summary>
    /// One of an address that has at least as many connections as that of the new one: nobody grows at the cost of those
    /// who have less. Otherwise one of its own.
    /// </summary>
    private TcpSeat? LeastUsefulFor(TcpAddressShare share)
    {
        TcpSeat? least = null;
        var worth = default(TcpWorth);
        for (var looks = Math.Min(Looks, _open.Count); looks > 0; looks--)
        {
            _hand = _hand + 1 < _open.Count ? _hand + 1 : 0;
            if (_open[_hand].Share.Count >= share.Count)
            {
                TcpWorth.KeepLower(_open[_hand], ref least, ref worth);
            }
        }

        return least ?? share.LeastUseful();
    }

    private void Displace(TcpSeat seat)
    {
        Unseat(seat);
        seat.IsEnding = true;
        _ending++;
    }

    private void Seat(TcpSeat seat)
    {
        _shares.TryAdd(seat.Share.Address, seat.Share);
        seat.Share.Add(seat);
        seat.Index = _open.Count;
        _open.Add(seat);
    }

    /// <summary>The last one moves to the place that becomes free.</summary>
    private void Unseat(TcpSeat seat)
    {
        var last = _open[^1];
        _open[seat.Index] = last;
        last.Index = seat.Index;
        _open.RemoveAt(_open.Count - 1);
        seat.Share.Remove(seat);
        if (seat.Share.Count == 0)
        {
            _shares.Remove(seat.Share.Address);
        }
    }
}
