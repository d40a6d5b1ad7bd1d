namespace ClusterDns.Plugins.Forward.Upstreams;

/// <summary>What <c>policy</c> may say.</summary>
internal enum PolicyKind
{
    Random,
    RoundRobin,
    Sequential,
}
