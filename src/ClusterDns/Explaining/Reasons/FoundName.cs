using System.Text;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Wire;

namespace ClusterDns.Explaining.Reasons;

/// <summary>What a name of a cluster zone stands for, and where it has nothing of the type, why.</summary>
internal static class FoundName
{
    /// <param name="step">The name.</param>
    /// <param name="type">The type asked for.</param>
    /// <param name="isAnswered">Whether there is a record.</param>
    public static Reason Explain(NameStep step, RecordType type, bool isAnswered) => step.Kind switch
    {
        TargetKind.Empty => OfEmpty(step),
        TargetKind.NameServer => new Reason(
            "the name is this DNS server's own", Nearness: isAnswered ? Nearness.Far : Nearness.ObjectFound),
        TargetKind.Pod => new Reason(
            $"`{step.Owner}` spells an address" + (isAnswered ? "" : $", and has no {Mnemonic.Of(type)} record"),
            isAnswered ? "" : "Ask for A or AAAA, by the family of the address.",
            Nearness.ObjectFound)
        { Object = new ExplainedObject("Pod", step.Namespace, NameOfPod(step)) },
        _ => OfService(step, step.Service!, type, isAnswered) with
        {
            Nearness = Nearness.ObjectFound,
            Object = ServiceWords.ObjectOf(step.Service!),
        },
    };

    // Asked for by its address, and known to kubectl by its name. Without pods in memory, and where several have the address
    // of their node, there is no one pod to name.
    private static string NameOfPod(NameStep step) =>
        DashedAddress.TryParseExact(Encoding.UTF8.GetBytes(step.Owner), out var address)
        && step.Cluster.TryFindClient(address, out var pod)
        && pod.Address == address
        && ServiceWords.Text(pod.Namespace.Label) == step.Namespace
            ? ServiceWords.Text(pod.Name)
            : step.Owner;

    private static Reason OfEmpty(NameStep step) => step.Labels switch
    {
        0 => new Reason("the name is the zone itself, which has no address", Nearness: Nearness.Empty),
        1 => new Reason($"`{step.BranchLabel}` only holds the names of namespaces", Nearness: Nearness.Empty),
        _ => new Reason(
            $"namespace `{step.Namespace}` exists, and a namespace has no records of its own",
            $"Ask for a Service of it: `SERVICE.{step.Namespace}`.",
            Nearness.Empty)
        { Object = new ExplainedObject("Namespace", null, step.Namespace, VersionOfNamespace(step)) },
    };

    // Looked for again, to keep it out of the step: it may have gone meanwhile.
    private static ulong VersionOfNamespace(NameStep step) =>
        step.Cluster.FindNamespace(Encoding.UTF8.GetBytes(step.Namespace))?.ResourceVersion ?? 0;

    private static Reason OfService(NameStep step, ServiceEntry service, RecordType type, bool isAnswered)
    {
        var name = ServiceWords.Named(service);
        if (step.Kind == TargetKind.Alias)
        {
            return new Reason(
                $"{name} is an ExternalName" + (isAnswered ? "" : $", and has no {Mnemonic.Of(type)} record"),
                isAnswered ? "" : "Ask for A, AAAA or CNAME: nothing else follows an ExternalName.");
        }

        if (!isAnswered)
        {
            return new Reason($"{name} exists, and {WhyNoData(step, service, type)}", AdviceFor(type));
        }

        if (step.Kind == TargetKind.Endpoints)
        {
            return new Reason($"{name} {(service.Kind == ServiceKind.Headless ? "is headless and " : "")}has {ServiceWords.Endpoints(service)}");
        }

        return service.ReadyCount > 0
            ? new Reason($"{name} has a cluster address and {ServiceWords.Endpoints(service)}")
            : new Reason(
                $"{name} has a cluster address and {ServiceWords.Endpoints(service)}, so nobody answers there",
                ReadyAdvice.Of(service));
    }

    private static string WhyNoData(NameStep step, ServiceEntry service, RecordType type) => type switch
    {
        RecordType.A => "has no IPv4 address",
        RecordType.AAAA => "has no IPv6 address",
        RecordType.SRV => $"no port that is asked for has a number; {ServiceWords.Ports(service)}",
        _ => $"Services have no {Mnemonic.Of(type)} records",
    };

    public static string AdviceFor(RecordType type) => type switch
    {
        RecordType.A or RecordType.AAAA =>
            "Nothing is wrong if the other family has an answer; else set `ipFamilyPolicy: PreferDualStack` in the Service.",
        RecordType.SRV => "Give the ports of the Service numbers.",
        _ => "Ask for A, AAAA or SRV.",
    };
}
