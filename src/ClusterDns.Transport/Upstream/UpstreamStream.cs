using System.Net;

namespace ClusterDns.Transport.Upstream;

/// <summary>An open connection.</summary>
/// <param name="Stream">What to write to and read from.</param>
/// <param name="Local">Our end.</param>
internal sealed record UpstreamStream(Stream Stream, IPEndPoint Local);
