using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Explaining.Reasons;

/// <summary>Why a name of a cluster zone does not exist, and what is there instead.</summary>
internal static class MissingName
{
    public static Reason Explain(NameStep step) => step.Reason switch
    {
        NameReason.WrongShape when !ReverseName.IsReverseZone(step.Zone) => OfWrongShape(step),
        NameReason.WrongShape or NameReason.NotAnAddress => new(
            "the name is in a reverse zone, where only the PTR of a whole address is answered",
            "Ask for the PTR of a whole address: four numbers below in-addr.arpa, 32 hexadecimal digits below ip6.arpa."),
        NameReason.NamespaceNotServed => MissingNamespace.OfUnserved(SoughtService.Of(step)),
        NameReason.NoSuchNamespace => MissingNamespace.Explain(SoughtService.Of(step)),
        NameReason.NoSuchService => MissingService.Explain(SoughtService.Of(step)),
        NameReason.PodsDisabled or NameReason.NotAPodAddress or NameReason.NoSuchPod => OfPod(step),
        _ => OfService(step, step.Service!),
    };

    private static Reason OfWrongShape(NameStep step) => step.BranchLabel is "svc" or "pod"
        ? new Reason(
            $"{step.Labels} labels stand in front of `{step.Zone}`, and no name of a cluster has more than five",
            $"Write `SERVICE.NAMESPACE.svc.{step.Zone}`.",
            Nearness.Chance)
        : new Reason(
            $"`{step.BranchLabel}` stands in front of `{step.Zone}`, where only `svc` or `pod` can",
            $"Write `SERVICE.NAMESPACE.svc.{step.Zone}`.");

    private static Reason OfPod(NameStep step) => step.Reason switch
    {
        NameReason.PodsDisabled => new(
            "pods have no names here: the directive says `pods disabled`, or nothing of pods",
            "Write `pods verified` or `pods insecure` into the kubernetes directive.",
            Nearness.NamespaceFound),
        NameReason.NotAPodAddress => new(
            $"`{step.Owner}` does not spell an address, and pods are asked for by their addresses",
            $"Write the pod's address with hyphens, as in `10-244-1-7.{step.Namespace}.pod.{step.Zone}`.",
            Nearness.NamespaceFound),
        _ => new(
            $"no running pod of namespace `{step.Namespace}` has the address that `{step.Owner}` spells",
            $"Compare with `kubectl -n {step.Namespace} get pods -o wide`: a pod has the name of its first address while it runs.",
            Nearness.NamespaceFound),
    };

    private static Reason OfService(NameStep step, ServiceEntry service)
    {
        var reason = step.Reason switch
        {
            NameReason.AliasWithoutTarget => new Reason(
                $"{ServiceWords.Named(service)} is an ExternalName whose target is no host name",
                "Set `spec.externalName` to a host name; for an address take a Service without selector and an EndpointSlice."),
            NameReason.BelowAlias => new Reason(
                $"{ServiceWords.Named(service)} is an ExternalName, which has no ports and no endpoints below it",
                $"Ask for `{step.Owner}.{step.Namespace}` itself."),
            NameReason.EmptyServiceIgnored => new Reason(
                $"{ServiceWords.Named(service)} has {ServiceWords.Endpoints(service)}, and `ignore empty_service` hides it",
                ReadyAdvice.Of(service)),
            NameReason.NoReadyEndpoint => new Reason(
                $"{ServiceWords.Named(service)} has {ServiceWords.Endpoints(service)}",
                ReadyAdvice.Of(service)),
            NameReason.NoSuchEndpoint => OfEndpoint(step, service),
            _ => OfPort(step, service),
        };
        return reason with { Nearness = Nearness.ObjectFound, Object = ServiceWords.ObjectOf(service) };
    }

    private static Reason OfEndpoint(NameStep step, ServiceEntry service)
    {
        var labels = ServiceWords.EndpointLabels(service);
        var nearest = NearestObject.Find(step.Endpoint, labels);
        return new Reason(
            $"{ServiceWords.Named(service)} has {ServiceWords.Endpoints(service)}, and no ready one is called `{step.Endpoint}`; "
            + (nearest is null ? $"there are: {ServiceWords.List(labels)}" : $"nearest: `{nearest}`"),
            service.NotReadyCount > 0
                ? $"See with `kubectl -n {step.Namespace} get pods` whether the pod is ready: while it is not, it has no name."
            : nearest is null
                ? "Have the pods bear their names with `hostname` and `subdomain`, as a StatefulSet with this serviceName does."
                : $"Ask for `{nearest}.{step.Owner}.{step.Namespace}`.");
    }

    private static Reason OfPort(NameStep step, ServiceEntry service)
    {
        var asked = $"port `{step.Port}`" + (step.Protocol.Length > 0 ? $" over `{step.Protocol}`" : "");
        var kind = service.Kind == ServiceKind.Headless ? "is headless, " : "has a cluster address, ";
        return new Reason(
            $"{ServiceWords.Named(service)} {kind}{asked} is not named; {ServiceWords.Ports(service)}",
            $"Give the port this name in `spec.ports` of the Service, or ask for one of those that it has.");
    }
}
