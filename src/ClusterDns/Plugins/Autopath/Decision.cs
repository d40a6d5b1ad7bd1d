namespace ClusterDns.Plugins.Autopath;

/// <summary>How the name that one query asked for is looked up, for the other queries of the same lookup.</summary>
/// <param name="Step">The step of the search list.</param>
/// <param name="IsFinal">The name exists there; else the steps in front of it have no such name.</param>
internal readonly record struct Decision(int Step, bool IsFinal)
{
    /// <summary>Steps that a decision can tell apart.</summary>
    public const int MostSteps = PlainStep;

    private const int PlainStep = 63;

    /// <summary>The name goes on as it is, and the search list is not walked.</summary>
    public static Decision Plain => new(PlainStep, IsFinal: true);

    public bool IsPlain => Step == PlainStep;
}
