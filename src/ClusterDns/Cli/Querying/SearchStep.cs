namespace ClusterDns.Cli.Querying;

/// <summary>One name of the search list that was asked for.</summary>
/// <param name="Name">With its final dot.</param>
/// <param name="Outcome">The rcode, or what there was instead.</param>
internal sealed record SearchStep(string Name, string Outcome);
