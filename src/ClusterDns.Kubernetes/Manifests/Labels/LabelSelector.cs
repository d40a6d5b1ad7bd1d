using System.Diagnostics.CodeAnalysis;

namespace ClusterDns.Kubernetes.Manifests.Labels;

/// <summary>
/// A label selector as <c>labels</c> and <c>namespace_labels</c> take it: requirements that must all hold. The API server
/// applies it on its side; for manifest files it is applied here.
/// </summary>
public sealed class LabelSelector
{
    private readonly LabelRequirement[] _requirements;

    internal LabelSelector(LabelRequirement[] requirements) => _requirements = requirements;

    /// <summary>
    /// Reads <c>app=web,tier!=cache,zone in (a, b),env notin (dev),canary,!legacy</c>; the empty text selects everything.
    /// False for anything that the API server would not take, and for its <c>&lt;</c> and <c>&gt;</c>, which this kind
    /// of selector doesn't have.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out LabelSelector? selector) =>
        new LabelSelectorParser(text).TryParse(out selector);

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var requirement in _requirements)
        {
            if (!requirement.Matches(labels))
            {
                return false;
            }
        }

        return true;
    }
}
