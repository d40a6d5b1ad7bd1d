using Microsoft.AspNetCore.Http;

namespace ClusterDns.Serving;

/// <summary>A page of <c>health</c>, <c>ready</c> or <c>prometheus</c>.</summary>
/// <param name="ListenAddress"><c>host:port</c>, or <c>:port</c> for all addresses.</param>
/// <param name="Path">Path from the root, <c>/metrics</c> for one.</param>
/// <param name="Handler">Writes the reply.</param>
internal sealed record HttpPage(string ListenAddress, string Path, RequestDelegate Handler);
