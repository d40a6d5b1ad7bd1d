namespace ClusterDns.Plugins.View.Expressions;

/// <summary><c>all</c>, <c>any</c>, <c>none</c> and <c>one</c>: how many elements of a list something is true of.</summary>
internal static class Predicates
{
    public static bool IsKnown(string name) => name is "all" or "any" or "none" or "one";

    public static Term Call(string name, Term list, Term predicate) => new(ValueKind.Boolean, name switch
    {
        "all" => (ref Evaluation evaluation) => Value.Of(Count(ref evaluation, list, predicate, counted: false, enough: 1) == 0),
        "any" => (ref Evaluation evaluation) => Value.Of(Count(ref evaluation, list, predicate, counted: true, enough: 1) == 1),
        "none" => (ref Evaluation evaluation) => Value.Of(Count(ref evaluation, list, predicate, counted: true, enough: 1) == 0),
        _ => (ref Evaluation evaluation) => Value.Of(Count(ref evaluation, list, predicate, counted: true, enough: 2) == 1),
    });

    private static int Count(ref Evaluation evaluation, Term list, Term predicate, bool counted, int enough)
    {
        var count = 0;
        foreach (var item in list.Evaluate(ref evaluation).Items)
        {
            evaluation.Element = item;
            count += predicate.Evaluate(ref evaluation).Truth == counted ? 1 : 0;
            if (count == enough)
            {
                break;
            }
        }

        return count;
    }
}
