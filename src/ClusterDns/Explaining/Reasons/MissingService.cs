using System.Text;
using ClusterDns.Plugins.Kubernetes;

namespace ClusterDns.Explaining.Reasons;

/// <summary>Why there is no such Service in a namespace that exists: it is called otherwise, or is elsewhere.</summary>
internal static class MissingService
{
    public static Reason Explain(NameStep step)
    {
        var services = step.Cluster.Services.Take(ExplainLimits.MostCompared)
            .Select(service => (Namespace: ServiceWords.Text(service.Namespace.Label), Name: ServiceWords.Text(service.Label)))
            .ToList();
        var nearest = NearestObject.Find(step.Owner, services.Where(service => service.Namespace == step.Namespace).Select(service => service.Name));
        var elsewhere = services
            .Where(service => service.Name == step.Owner && service.Namespace != step.Namespace && IsServed(step, service.Namespace))
            .Select(service => service.Namespace)
            .Order(StringComparer.Ordinal)
            .ToList();
        var selector = step.Options.Source.LabelSelector is { } labels ? $" with the labels `{labels}`" : "";
        return new Reason(
            $"namespace `{step.Namespace}` exists, service `{step.Owner}`{selector} does not"
            + (nearest is null ? "" : $"; nearest: `{nearest}`")
            + (elsewhere.Count == 0 ? "" : $"; there is one in {ServiceWords.List([.. elsewhere.Select(parent => $"`{parent}`")])}"),
            AdviceFor(step, nearest, elsewhere.FirstOrDefault()),
            NearnessOf(step, nearest is not null || elsewhere.Count > 0));
    }

    private static string AdviceFor(NameStep step, string? nearest, string? elsewhere) =>
        elsewhere is not null
            ? $"Ask for `{step.Owner}.{elsewhere}`: without its namespace, a Service is found from its own namespace only."
        : nearest is not null ? $"Ask for `{nearest}.{step.Namespace}`, or create a Service {step.Owner} in namespace {step.Namespace}."
        : $"Create a Service {step.Owner} in namespace {step.Namespace}, or look for its right name with "
            + $"`kubectl -n {step.Namespace} get services`.";

    // With more labels than those two, the last of a name's own fell to the Service by chance.
    private static int NearnessOf(NameStep step, bool isAnyNear) => step switch
    {
        { IsOwnerItself: true } => Nearness.NamespaceFound + (isAnyNear ? 1 : 0),
        _ => Nearness.Chance + (isAnyNear ? 2 : 0),
    };

    private static bool IsServed(NameStep step, string parent) =>
        Encoding.UTF8.GetBytes(parent) is var label
        && step.Options.Namespaces.Passes(label)
        && step.Cluster.FindNamespace(label) is not null;
}
