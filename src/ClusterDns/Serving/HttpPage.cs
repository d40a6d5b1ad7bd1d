using Microsoft.AspNetCore.Http;

namespace ClusterDns.Serving;

/// <summary>A page of <c>health</c>, <c>ready</c>, <c>prometheus</c> or <c>status</c>.</summary>
/// <param name="ListenAddress"><c>host:port</c>, <c>:port</c> for all addresses, or <c>unix:/path</c>.</param>
/// <param name="Path">Path from the root, <c>/metrics</c> for one.</param>
/// <param name="Handler">Writes the reply.</param>
/// <param name="TakesPost">It is asked by POST, and changes something; others are read by GET and HEAD.</param>
internal sealed record HttpPage(string ListenAddress, string Path, RequestDelegate Handler, bool TakesPost = false);
