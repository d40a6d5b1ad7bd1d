namespace ClusterDns.Fuzzing;

/// <summary>Something that must hold for every input does not: a bug was found.</summary>
internal sealed class BrokenRuleException(string message) : Exception(message);
