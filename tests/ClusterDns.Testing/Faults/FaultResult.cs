namespace ClusterDns.Testing.Faults;

/// <summary>What one fault showed.</summary>
/// <param name="Case">The fault.</param>
/// <param name="Asked">Questions.</param>
/// <param name="Wrong">Answers that were never true.</param>
/// <param name="Failed">SERVFAIL for a name that the server had known.</param>
/// <param name="Unanswered">Questions without an answer.</param>
/// <param name="Convergence">From the end of the fault until every name was answered as it is.</param>
/// <param name="Complaints">The first of the wrong answers.</param>
public sealed record FaultResult(
    FaultCase Case, long Asked, long Wrong, long Failed, long Unanswered, TimeSpan Convergence, IReadOnlyCollection<string> Complaints);
