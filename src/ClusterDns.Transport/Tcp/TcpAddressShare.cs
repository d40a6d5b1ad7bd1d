namespace ClusterDns.Transport.Tcp;

/// <summary>The open connections of one client address, in a list that needs no memory of its own.</summary>
internal sealed class TcpAddressShare(UInt128 bits, bool isIPv4)
{
    private TcpSeat? _first;

    public (UInt128 Bits, bool IsIPv4) Address => (bits, isIPv4);

    public int Count { get; private set; }

    public void Add(TcpSeat seat)
    {
        seat.Next = _first;
        _first?.Previous = seat;
        _first = seat;
        Count++;
    }

    public void Remove(TcpSeat seat)
    {
        if (seat.Previous is { } previous)
        {
            previous.Next = seat.Next;
        }
        else
        {
            _first = seat.Next;
        }

        seat.Next?.Previous = seat.Previous;
        (seat.Previous, seat.Next) = (null, null);
        Count--;
    }

    /// <summary>The one that can be missed most easily; null when each of them waits for answers.</summary>
    public TcpSeat? LeastUseful()
    {
        TcpSeat? least = null;
        var worth = default(TcpWorth);
        for (var seat = _first; seat is not null; seat = seat.Next)
        {
            TcpWorth.KeepLower(seat, ref least, ref worth);
        }

        return least;
    }
}
