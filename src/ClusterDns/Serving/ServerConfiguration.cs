namespace ClusterDns.Serving;

/// <summary>A whole configuration, set up but not started: listeners with their routes, pages, and what to run when.</summary>
/// <param name="Listeners">One for each scheme, address and port.</param>
/// <param name="Setup">Pages, readiness and actions that the plugins asked for.</param>
/// <param name="Summary">A line for each zone and listener, printed when it serves: <c>.:53</c>.</param>
/// <param name="Warnings">Sentences for the log.</param>
internal sealed record ServerConfiguration(
    IReadOnlyList<ListenerPlan> Listeners,
    ConfigurationSetup Setup,
    IReadOnlyList<string> Summary,
    IReadOnlyList<string> Warnings);
