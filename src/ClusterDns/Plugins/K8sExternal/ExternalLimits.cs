namespace ClusterDns.Plugins.K8sExternal;

internal static class ExternalLimits
{
    /// <summary>Host names of one Service that are answered: each costs lookups. A load balancer has one or two.</summary>
    public const int MostHostnames = 8;
}
