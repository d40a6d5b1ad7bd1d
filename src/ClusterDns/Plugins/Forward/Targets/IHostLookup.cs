using System.Net;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>Where the addresses of a host name come from: the system, or the servers of <c>resolver</c>.</summary>
internal interface IHostLookup : IAsyncDisposable
{
    /// <summary>
    /// The name's addresses; none when it has none or nobody answers in time. Throws for cancellation only.
    /// </summary>
    Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation);
}
