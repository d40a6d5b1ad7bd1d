using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>What a person wants to know.</summary>
/// <param name="Name">The name as a program would look it up: whether it ends in a dot decides about the search list.</param>
/// <param name="Type">The record type.</param>
/// <param name="From">Who looks: a namespace, a pod, <c>NAMESPACE/POD</c> or an address; null for nobody of the cluster.</param>
internal sealed record ExplainRequest(string Name, RecordType Type, string? From)
{
    /// <summary>The search list of a client that is not of the cluster.</summary>
    public ClientSearch Search { get; init; } = ClientSearch.None;
}
