namespace ClusterDns.Kubernetes.Watching;

/// <summary>A cluster cannot be read with the options given: one sentence for the person who wrote them.</summary>
public sealed class ClusterSourceException(string message, Exception? cause = null) : Exception(message, cause);
