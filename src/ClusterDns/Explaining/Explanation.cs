using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>A name, everything that a client's resolver asks because of it, and why each reply is what it is.</summary>
/// <param name="Request">What a person wants to know.</param>
/// <param name="Client">Who looks it up.</param>
/// <param name="Search">The client's search list.</param>
/// <param name="Names">The names that were asked for, up to the first with an answer.</param>
internal sealed record Explanation(
    ExplainRequest Request, ExplainedClient Client, ClientSearch Search, IReadOnlyList<ExplainedName> Names)
{
    public RecordType Type => Request.Type;

    public bool IsResolved => Names.Any(name => name.IsResolved);

    /// <summary>What a person would do next; empty where nothing is to be done.</summary>
    public string Advice => (Names.FirstOrDefault(name => name.IsResolved)
        ?? Names.OrderByDescending(name => name.Nearness).FirstOrDefault())?.Advice ?? "";
}
