namespace ClusterDns.Serving;

/// <summary>The server cannot start as configured, though the Corefile is well-formed; worded for the operator.</summary>
internal sealed class StartException(string message, Exception? cause = null) : Exception(message, cause);
