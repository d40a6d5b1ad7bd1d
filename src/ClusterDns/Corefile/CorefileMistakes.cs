namespace ClusterDns.Corefile;

/// <summary>
/// Where the mistakes of a configuration go: a server that starts or reloads stops at the first, a check wants them all.
/// Whoever reports one here goes on with the next line or block.
/// </summary>
internal sealed class CorefileMistakes
{
    private readonly List<CorefileException>? _gathered;

    private CorefileMistakes(List<CorefileException>? gathered) => _gathered = gathered;

    /// <summary>Every mistake is thrown.</summary>
    public static CorefileMistakes Thrown { get; } = new(null);

    public bool AreGathered => _gathered is not null;

    /// <summary>In the order in which they were found; none where they are thrown.</summary>
    public IReadOnlyList<CorefileException> All => _gathered ?? [];

    public static CorefileMistakes Gathered() => new([]);

    /// <exception cref="CorefileException">The mistake, where mistakes are thrown.</exception>
    public void Report(CorefileException mistake)
    {
        if (_gathered is null)
        {
            throw mistake;
        }

        _gathered.Add(mistake);
    }

    /// <summary>Takes a step; false if it failed for a mistake, which is then among the gathered.</summary>
    public bool Try(Action step)
    {
        try
        {
            step();
            return true;
        }
        catch (CorefileException mistake) when (_gathered is not null)
        {
            _gathered.Add(mistake);
            return false;
        }
    }
}
