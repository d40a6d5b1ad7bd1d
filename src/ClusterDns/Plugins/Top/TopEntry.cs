namespace ClusterDns.Plugins.Top;

/// <summary>One of the most frequent.</summary>
/// <param name="Text">Address, namespace, name in presentation form, or mnemonic; printable.</param>
/// <param name="Namespace">Of a client that is a pod; else null.</param>
/// <param name="Pod">Likewise, its name, cut if it is very long.</param>
/// <param name="Count">Queries, at most; those that sampling passed over are estimated.</param>
/// <param name="Error">So many of them may be others'.</param>
/// <param name="Share">Of the family's queries, from 0 to 1.</param>
internal sealed record TopEntry(string Text, string? Namespace, string? Pod, long Count, long Error, double Share)
{
    /// <summary>Queries that are its own for certain, but for the chance in sampling.</summary>
    public long Certain => Count - Error;
}
