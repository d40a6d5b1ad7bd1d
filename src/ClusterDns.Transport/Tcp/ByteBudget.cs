namespace ClusterDns.Transport.Tcp;

/// <summary>How many octets of borrowed buffers the connections of one listener may hold together.</summary>
internal sealed class ByteBudget(long limit)
{
    private long _taken;

    public long Taken => Volatile.Read(ref _taken);

    public bool TryTake(int octets)
    {
        if (Interlocked.Add(ref _taken, octets) <= limit)
        {
            return true;
        }

        Return(octets);
        return false;
    }

    public void Return(int octets) => Interlocked.Add(ref _taken, -octets);
}
