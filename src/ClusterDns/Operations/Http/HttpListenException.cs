namespace ClusterDns.Operations.Http;

/// <summary>An address could not be listened on; the message is one sentence for whoever wrote the address.</summary>
internal sealed class HttpListenException(string address, string reason, Exception? cause = null)
    : Exception($"listen tcp {address}: {reason}", cause);
