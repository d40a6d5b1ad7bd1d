using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.K8sExternal;

namespace ClusterDns.Explaining.Reasons;

/// <summary>Why a name of a <c>k8s_external</c> zone does not exist, and what is there instead.</summary>
internal static class MissingExternal
{
    public static Reason Explain(ExternalNameStep step, ExternalStep end) => end.Miss switch
    {
        ExternalMiss.WrongShape => new(
            $"{step.Labels} labels stand in front of `{end.Zone}`, and no name of k8s_external has more than four",
            $"Write `SERVICE.NAMESPACE.{end.Zone}`: no label says `svc` outside the cluster.",
            Nearness.Chance),
        ExternalMiss.NamespaceNotServed or ExternalMiss.NoSuchNamespace when IsInside(step, end) => new(
            $"`svc` stands where k8s_external has the namespace: `SERVICE.NAMESPACE.{end.Zone}`",
            $"Leave `svc` out: `SERVICE.{step.Owner}.{end.Zone}`.",
            Nearness.NamespaceFound),
        ExternalMiss.NamespaceNotServed => MissingNamespace.OfUnserved(SoughtService.Of(step, end)),
        ExternalMiss.NoSuchNamespace => MissingNamespace.Explain(SoughtService.Of(step, end)),
        ExternalMiss.NoSuchService => MissingService.Explain(SoughtService.Of(step, end)),
        _ => OfService(step, step.Service!, end) with
        {
            Nearness = Nearness.ObjectFound,
            Object = ServiceWords.ObjectOf(step.Service!),
        },
    };

    // Who is used to the cluster's own names writes `svc` here as well.
    private static bool IsInside(ExternalNameStep step, ExternalStep end) =>
        step.Namespace == "svc" && SoughtService.Of(step, end).FindNamespace(step.Owner) is not null;

    private static Reason OfService(ExternalNameStep step, ServiceEntry service, ExternalStep end) => end.Miss switch
    {
        ExternalMiss.NotReachedFromOutside => OfInside(service, end),
        ExternalMiss.NoReadyEndpoint => new Reason(
            $"{ServiceWords.Named(service)} has {ServiceWords.Endpoints(service)}, and nothing else by which it is reached from outside",
            ReadyAdvice.Of(service)),
        ExternalMiss.NoSuchEndpoint => new Reason(
            $"{ServiceWords.Named(service)} has {ServiceWords.Endpoints(service)}, and no ready one is called `{step.Endpoint}`; "
            + $"there are: {ServiceWords.List(ServiceWords.EndpointLabels(service))}",
            $"Ask for one of these, or see with `kubectl -n {step.Namespace} get pods` whether the pod is ready."),
        _ => new Reason(
            $"{ServiceWords.Named(service)} is there, port `{step.Port}`"
            + (step.Protocol.Length > 0 ? $" over `{step.Protocol}`" : "")
            + $" is not named; {ServiceWords.Ports(service)}",
            "Give the port this name in `spec.ports` of the Service, or ask for one of those that it has."),
    };

    private static Reason OfInside(ServiceEntry service, ExternalStep end)
    {
        var parent = ServiceWords.Text(service.Namespace.Label);
        var label = ServiceWords.Text(service.Label);
        return service.Kind switch
        {
            ServiceKind.Headless when !end.Options.HasHeadless => new Reason(
                $"{ServiceWords.Named(service)} is headless, and the k8s_external block has no `headless`",
                "Write `headless` into the k8s_external block to have its endpoints answered."),
            ServiceKind.ExternalName => new Reason(
                $"{ServiceWords.Named(service)} is an ExternalName, which k8s_external does not follow",
                $"Ask for its target itself, `spec.externalName`, or for `{label}.{parent}` inside the cluster."),
            _ => new Reason(
                $"{ServiceWords.Named(service)} is there for the cluster alone: it has no `externalIPs` and no address of a load balancer",
                $"Make it `type: LoadBalancer` and see with `kubectl -n {parent} get service {label}` that it gets an EXTERNAL-IP, or set `externalIPs`."),
        };
    }
}
