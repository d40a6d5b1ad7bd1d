namespace ClusterDns.Operations.Http;

/// <summary>What a page may know of where its request came in; a feature of every request.</summary>
/// <param name="IsUnixSocket">Over a Unix socket: whoever may open its file.</param>
/// <param name="Closing">Cancelled when the address is given up: a page that goes on and on ends then.</param>
internal sealed record PageConnection(bool IsUnixSocket, CancellationToken Closing);
