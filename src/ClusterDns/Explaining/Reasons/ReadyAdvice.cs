using ClusterDns.Kubernetes.Zone;

namespace ClusterDns.Explaining.Reasons;

/// <summary>What to do about a Service without a ready endpoint.</summary>
internal static class ReadyAdvice
{
    public static string Of(ServiceEntry service)
    {
        var parent = ServiceWords.Text(service.Namespace.Label);
        return service.NotReadyCount > 0
            ? $"See with `kubectl -n {parent} get pods` why the pods behind the Service are not ready."
            : $"Compare the Service's selector with the labels of the pods in namespace {parent}: no pod matches it.";
    }
}
