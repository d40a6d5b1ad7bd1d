namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>
/// Keeps second questions to a share of all: each query pays in, each hedge takes out. When an upstream becomes slow for
/// everybody, the others get a tenth more to do, not twice as much.
/// </summary>
internal sealed class HedgeBudget
{
    private const int Most = ForwardLimits.MostSavedHedges * ForwardLimits.QueriesPerHedge;

    private int _saved = Most;

    public void PayIn()
    {
        // Two at once may pay in one too many: the bound is not that exact.
        if (Volatile.Read(ref _saved) < Most)
        {
            Interlocked.Increment(ref _saved);
        }
    }

    public bool TryTake()
    {
        if (Interlocked.Add(ref _saved, -ForwardLimits.QueriesPerHedge) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref _saved, ForwardLimits.QueriesPerHedge);
        return false;
    }
}
