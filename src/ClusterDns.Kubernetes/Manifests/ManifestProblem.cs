namespace ClusterDns.Kubernetes.Manifests;

/// <summary>What is wrong with a document or an object in a file, in words for its author.</summary>
/// <param name="Position">Where it begins, or where the mistake was noticed.</param>
/// <param name="Text">The rest of the line behind the position.</param>
/// <param name="IsBroken">Nothing of it can be used; else only the part that the text names is left out.</param>
internal sealed record ManifestProblem(ManifestPosition Position, string Text, bool IsBroken);
