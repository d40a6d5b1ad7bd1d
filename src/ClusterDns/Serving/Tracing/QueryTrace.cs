namespace ClusterDns.Serving.Tracing;

/// <summary>
/// What was decided about one query, in the order in which it was. A query of a client has none: then nothing of this
/// is made. Several threads may write, since upstreams are asked side by side.
/// </summary>
internal sealed class QueryTrace
{
    /// <summary>Steps that are kept. A chain of lookups that never ends is told by its beginning just as well.</summary>
    public const int MostSteps = 512;

    private readonly Lock _gate = new();
    private readonly List<TraceStep> _steps = [];

    /// <summary>The steps until now.</summary>
    public IReadOnlyList<TraceStep> Steps
    {
        get
        {
            lock (_gate)
            {
                return [.. _steps];
            }
        }
    }

    /// <summary>Keeps the step, unless there are <see cref="MostSteps"/> already.</summary>
    public void Add(TraceStep step)
    {
        lock (_gate)
        {
            if (_steps.Count < MostSteps)
            {
                _steps.Add(step);
            }
        }
    }
}
