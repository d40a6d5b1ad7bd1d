namespace ClusterDns.Plugins.Header;

/// <summary>Which flags of queries and of replies are changed.</summary>
internal sealed record HeaderOptions(HeaderFlags Query, HeaderFlags Response);
