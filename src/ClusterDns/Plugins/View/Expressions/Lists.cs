using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>Lists, and what is asked of them.</summary>
internal static class Lists
{
    /// <summary>A list of terms of one kind; made once if all of them are written out.</summary>
    public static Term Of(ValueKind element, IReadOnlyList<Term> items)
    {
        var kind = ValueKind.ListOf(element);
        if (items.All(item => item.Constant is not null))
        {
            return Term.Of(kind, Value.Of([.. items.Select(item => item.Constant!.Value)]));
        }

        Term[] all = [.. items];
        return new Term(kind, (ref Evaluation evaluation) =>
        {
            var values = new Value[all.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = all[i].Evaluate(ref evaluation);
            }

            return Value.Of(values);
        });
    }

    /// <summary><c>in</c></summary>
    /// <exception cref="CorefileException">There is no list, or none of such values.</exception>
    public static Term Contains(Operands operands)
    {
        var (item, list) = (operands.Left, operands.Right);
        var kind = item.Kind;
        if (!list.Kind.IsList)
        {
            throw operands.Mismatch();
        }

        if (kind.IsList || (list.Kind.Element is { } element && element != kind))
        {
            throw operands.Error($"cannot look for {kind} in {list.Kind}");
        }

        return new Term(ValueKind.Boolean, (ref Evaluation evaluation) =>
        {
            var sought = item.Evaluate(ref evaluation);
            foreach (var value in list.Evaluate(ref evaluation).Items)
            {
                if (value.Is(sought, kind))
                {
                    return Value.Of(true);
                }
            }

            return Value.Of(false);
        });
    }

    /// <summary><c>list[index]</c>, from the end for an index below zero.</summary>
    public static Term At(ValueKind element, Term list, Term index) => new(element, (ref Evaluation evaluation) =>
    {
        var items = list.Evaluate(ref evaluation).Items;
        var at = index.Evaluate(ref evaluation).Whole;
        at += at < 0 ? items.Length : 0;
        return at >= 0 && at < items.Length ? items[at] : evaluation.Fail("index out of range");
    });
}
