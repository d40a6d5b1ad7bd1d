using ClusterDns.Plugins.Metadata;
using ClusterDns.Plugins.View.Expressions;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.View;

/// <summary>
/// Says which queries its server block takes. Listeners ask it before the block is chosen; in the chain it has nothing
/// left to do but to tell its name.
/// </summary>
internal sealed class ViewPlugin(string view, IReadOnlyList<ViewRule> rules) : Plugin, IMetadataSource
{
    private const string Label = "view/name";

    private readonly ViewRule[] _rules = [.. rules];

    public override string Name => "view";

    /// <summary>The view's name.</summary>
    public string View => view;

    /// <summary>The block's <c>metadata</c>, whose labels the rules may ask for; set once, before the first query.</summary>
    public MetadataPlugin? Metadata { get; set; }

    /// <summary>
    /// Whether every rule is true of the query. One that cannot be worked out is not. Allocates what the rules need of
    /// texts, and nothing for the usual question, whether a client is in a network.
    /// </summary>
    public bool Accepts(ref Evaluation evaluation, DnsName zone)
    {
        var query = evaluation.Query;
        query.Zone = zone;
        Metadata?.Prepare(query);
        var refusing = FirstRefusing(ref evaluation);
        if (query.Trace is not null)
        {
            query.Trace.Add(new ViewStep(view, zone, refusing?.Text, evaluation.Failure));
        }

        if (refusing is null)
        {
            return true;
        }

        query.MetadataSources = null;
        return false;
    }

    public override ValueTask<ServeResult> ServeAsync(Query query) => new(ServeResult.Declined);

    public string? MetadataOf(Query query, string label) => label == Label ? view : null;

    private ViewRule? FirstRefusing(ref Evaluation evaluation)
    {
        foreach (var rule in _rules)
        {
            evaluation.Begin();
            if (!rule.Condition.Evaluate(ref evaluation).Truth || evaluation.Failure is not null)
            {
                return rule;
            }
        }

        return null;
    }
}
