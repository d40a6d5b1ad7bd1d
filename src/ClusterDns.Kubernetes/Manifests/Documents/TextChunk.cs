namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>Part of a YAML file that can be read without the others.</summary>
/// <param name="Text">The lines with their breaks.</param>
/// <param name="FirstLine">Line of the file that it begins on, from 1.</param>
internal readonly record struct TextChunk(string Text, int FirstLine);
