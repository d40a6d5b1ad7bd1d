namespace ClusterDns.Plugins.Status;

/// <summary>Places for streams that stay open; whoever finds none is turned away.</summary>
internal sealed class StreamPlaces(int most)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _taken) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _taken);
}
