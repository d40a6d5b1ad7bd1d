namespace ClusterDns.Transport.Tcp;

/// <summary>The open connections of one listener, bounded in all and per client address.</summary>
internal sealed class TcpConnectionTable(int most, int mostPerAddress)
{
    /// <summary>Held when a connection comes or goes and for a copy per sweep, never for a query.</summary>
    private readonly Lock _lock = new();
    private readonly HashSet<TcpConnection> _open = [];
    private readonly Dictionary<(UInt128 Bits, bool IsIPv4), int> _perAddress = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _open.Count;
            }
        }
    }

    public TcpAdmission TryAdd(TcpConnection connection)
    {
        var address = AddressOf(connection);
        lock (_lock)
        {
            if (_open.Count >= most)
            {
                return TcpAdmission.TotalReached;
            }

            var count = _perAddress.GetValueOrDefault(address);
            if (count >= mostPerAddress)
            {
                return TcpAdmission.AddressReached;
            }

            _perAddress[address] = count + 1;
            _open.Add(connection);
            return TcpAdmission.Admitted;
        }
    }

    public void Remove(TcpConnection connection)
    {
        var address = AddressOf(connection);
        lock (_lock)
        {
            if (!_open.Remove(connection))
            {
                return;
            }

            var left = _perAddress[address] - 1;
            if (left > 0)
            {
                _perAddress[address] = left;
            }
            else
            {
                _perAddress.Remove(address);
            }
        }
    }

    public void CopyTo(List<TcpConnection> destination)
    {
        lock (_lock)
        {
            destination.AddRange(_open);
        }
    }

    private static (UInt128 Bits, bool IsIPv4) AddressOf(TcpConnection connection) =>
        (connection.Client.Bits, connection.Client.IsIPv4);
}
