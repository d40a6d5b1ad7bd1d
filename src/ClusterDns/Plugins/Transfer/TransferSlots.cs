using ClusterDns.Transport;

namespace ClusterDns.Plugins.Transfer;

/// <summary>
/// How many transfers go on at once: each holds a reference for every Service of its cluster, buffers of about 100 KiB,
/// and whatever the cluster replaces meanwhile.
/// </summary>
internal sealed class TransferSlots
{
    /// <summary>Transfers of one server at once; one more is refused.</summary>
    public const int Most = 16;

    /// <summary>Transfers to one client address at once, so that nobody keeps the others from theirs.</summary>
    public const int MostOfOneClient = 4;

    private readonly Lock _changing = new();
    private readonly List<TransportAddress> _clients = new(Most);

    /// <summary>Transfers going on.</summary>
    public int Taken
    {
        get
        {
            lock (_changing)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>False when there are too many; else <see cref="Return"/> must follow.</summary>
    public bool TryTake(TransportAddress client)
    {
        lock (_changing)
        {
            if (_clients.Count >= Most || _clients.Count(other => IsSame(other, client)) >= MostOfOneClient)
            {
                return false;
            }

            _clients.Add(client);
            return true;
        }
    }

    public void Return(TransportAddress client)
    {
        lock (_changing)
        {
            _clients.Remove(client);
        }
    }

    // Whatever the port.
    private static bool IsSame(in TransportAddress one, in TransportAddress other) =>
        one.IsIPv4 == other.IsIPv4 && one.Bits == other.Bits;
}
