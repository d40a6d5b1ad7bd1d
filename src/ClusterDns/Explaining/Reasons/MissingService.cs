namespace ClusterDns.Explaining.Reasons;

/// <summary>Why there is no such Service in a namespace that exists: it is called otherwise, or is elsewhere.</summary>
internal static class MissingService
{
    public static Reason Explain(SoughtService sought)
    {
        var services = sought.Cluster.Services.Take(ExplainLimits.MostCompared)
            .Where(sought.IsNamed)
            .Select(service => (Namespace: ServiceWords.Text(service.Namespace.Label), Name: ServiceWords.Text(service.Label)))
            .ToList();
        var nearest = NearestObject.Find(
            sought.Name, services.Where(service => service.Namespace == sought.Namespace).Select(service => service.Name));
        var elsewhere = services
            .Where(service => service.Name == sought.Name && service.Namespace != sought.Namespace && sought.IsServed(service.Namespace))
            .Select(service => service.Namespace)
            .Order(StringComparer.Ordinal)
            .ToList();
        var selector = sought.Options.Source.LabelSelector is { } labels ? $" with the labels `{labels}`" : "";
        return new Reason(
            $"namespace `{sought.Namespace}` exists, service `{sought.Name}`{selector} does not"
            + (nearest is null ? "" : $"; nearest: `{nearest}`")
            + (elsewhere.Count == 0 ? "" : $"; there is one in {ServiceWords.List([.. elsewhere.Select(parent => $"`{parent}`")])}"),
            AdviceFor(sought, nearest, elsewhere.FirstOrDefault()),
            NearnessOf(sought, nearest is not null || elsewhere.Count > 0));
    }

    private static string AdviceFor(SoughtService sought, string? nearest, string? elsewhere) =>
        elsewhere is not null
            ? $"Ask for `{sought.Spell(sought.Name, elsewhere)}`" + (sought.Ending.Length > 0
                ? "."
                : ": without its namespace, a Service is found from its own namespace only.")
        : nearest is not null
            ? $"Ask for `{sought.Spell(nearest, sought.Namespace)}`, or create a Service {sought.Name} in namespace {sought.Namespace}."
        : $"Create a Service {sought.Name} in namespace {sought.Namespace}, or look for its right name with "
            + $"`kubectl -n {sought.Namespace} get services`.";

    // With more labels than those two, the last of a name's own fell to the Service by chance.
    private static int NearnessOf(SoughtService sought, bool isAnyNear) => sought.IsItself
        ? Nearness.NamespaceFound + (isAnyNear ? 1 : 0)
        : Nearness.Chance + (isAnyNear ? 2 : 0);
}
