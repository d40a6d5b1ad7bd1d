namespace ClusterDns.Plugins.Status;

/// <summary>What a <c>status</c> directive says.</summary>
/// <param name="Address">Where the page is served: <c>host:port</c>, or <c>unix:/path</c>.</param>
/// <param name="HostNames">Further names that a browser may know the address by.</param>
/// <param name="HasControls">Whether something may be changed there: caches flushed, the log level set.</param>
internal sealed record StatusOptions(string Address, IReadOnlyList<string> HostNames, bool HasControls)
{
    /// <summary>Only this machine, or this pod.</summary>
    public const string DefaultAddress = "localhost:8053";
}
