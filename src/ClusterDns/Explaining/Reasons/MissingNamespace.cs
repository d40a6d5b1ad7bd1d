using System.Text;

namespace ClusterDns.Explaining.Reasons;

/// <summary>Why names in a namespace do not exist: it is not there, is called otherwise, or is left out.</summary>
internal static class MissingNamespace
{
    public static Reason Explain(SoughtService sought)
    {
        var nearest = NearestObject.Find(sought.Namespace, sought.Cluster.Namespaces.Select(entry => ServiceWords.Text(entry.Label)));
        var selector = sought.Options.Source.NamespaceLabelSelector is { } labels ? $" with the labels `{labels}`" : "";
        var text = $"there is no namespace `{sought.Namespace}`{selector}";
        if (nearest is null)
        {
            return new Reason(
                text,
                $"Create the namespace {sought.Namespace}, or look for its right name with `kubectl get namespaces`.",
                Nearness.Chance);
        }

        var isMeant = sought.FindNamespace(nearest)?.FindService(Encoding.UTF8.GetBytes(sought.Name)) is { } service && sought.IsNamed(service);
        return new Reason(
            $"{text}; nearest: `{nearest}`",
            isMeant
                ? $"Ask for `{sought.Spell(sought.Name, nearest)}`: namespace {nearest} has a Service of that name."
                : $"Ask in namespace {nearest}, or create the namespace {sought.Namespace}.",
            isMeant ? Nearness.Misspelt : Nearness.Chance + 1);
    }

    /// <summary>The <c>namespaces</c> of the directive leave it out.</summary>
    public static Reason OfUnserved(SoughtService sought)
    {
        var all = sought.Cluster.Namespaces.Take(ExplainLimits.MostCompared).Select(entry => ServiceWords.Text(entry.Label)).ToList();
        var text = $"`namespaces` of the kubernetes directive leaves namespace `{sought.Namespace}` out";
        var isThere = all.Contains(sought.Namespace);
        return !isThere && NearestObject.Find(sought.Namespace, all.Where(sought.IsServed)) is { } nearest
            ? new Reason(
                $"{text}; nearest: `{nearest}`",
                $"Ask in namespace {nearest}, or add {sought.Namespace} to `namespaces` in the kubernetes directive.",
                Nearness.Chance + 1)
            : new Reason(
                text,
                $"Add {sought.Namespace} to `namespaces` in the kubernetes directive.",
                isThere ? Nearness.NamespaceFound : Nearness.Chance);
    }
}
