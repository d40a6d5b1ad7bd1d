using System.Collections.Frozen;
using System.Globalization;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>The functions that work on values; those that ask about the query are <see cref="QueryFunctions"/>.</summary>
internal static class Functions
{
    private static readonly FrozenDictionary<string, Func<FunctionCall, Term>> Own = new Dictionary<string, Func<FunctionCall, Term>>
    {
        ["incidr"] = Networks.Contains,
        ["len"] = Length,
        ["lower"] = call => OfText(call, static text => text.ToLowerInvariant()),
        ["upper"] = call => OfText(call, static text => text.ToUpperInvariant()),
        ["trim"] = call => OfTexts(call, 1, static (text, more) => more is null ? text.Trim() : text.Trim(more.ToCharArray())),
        ["trimPrefix"] = call => OfTexts(call, 2, static (text, prefix) =>
            text.StartsWith(prefix!, StringComparison.Ordinal) ? text[prefix!.Length..] : text),
        ["trimSuffix"] = call => OfTexts(call, 2, static (text, suffix) =>
            text.EndsWith(suffix!, StringComparison.Ordinal) ? text[..^suffix!.Length] : text),
        ["hasPrefix"] = call => Ask(call, static (text, prefix) => text.StartsWith(prefix, StringComparison.Ordinal)),
        ["hasSuffix"] = call => Ask(call, static (text, suffix) => text.EndsWith(suffix, StringComparison.Ordinal)),
        ["split"] = Split,
        ["int"] = Whole,
        ["string"] = Text,
    }.ToFrozenDictionary();

    /// <summary>What expr has besides; refused by name rather than as unknown.</summary>
    private static readonly FrozenSet<string> Unsupported = FrozenSet.Create(
        "splitAfter", "replace", "repeat", "indexOf", "lastIndexOf", "now", "duration", "date", "timezone", "max", "min", "abs",
        "ceil", "floor", "round", "map", "filter", "find", "findIndex", "findLast", "findLastIndex", "groupBy", "count",
        "concat", "flatten", "uniq", "join", "reduce", "sum", "mean", "median", "first", "last", "take", "reverse", "sort",
        "sortBy", "keys", "values", "float", "toJSON", "fromJSON", "toBase64", "fromBase64", "toPairs", "fromPairs", "get",
        "bitand", "bitor", "bitxor", "bitnand", "bitnot", "bitshl", "bitshr", "bitushr");

    public static bool IsKnown(string name) => Own.ContainsKey(name) || QueryFunctions.IsKnown(name);

    /// <exception cref="CorefileException">There is no such function, or it does not take such arguments.</exception>
    public static Term Call(ExpressionToken name, IReadOnlyList<Term> arguments, ExpressionSource source)
    {
        var call = new FunctionCall(name, arguments, source);
        if (Own.TryGetValue(name.Text, out var function))
        {
            return function(call);
        }

        return QueryFunctions.IsKnown(name.Text) ? QueryFunctions.Call(call)
            : Unsupported.Contains(name.Text) ? throw call.Error($"function '{name.Text}' of the expression language is not supported here")
            : throw call.Error(
                $"unknown function '{name.Text}'",
                NearestName.Find(name.Text, Own.Keys.Concat(QueryFunctions.Names)) is { } nearest ? $", did you mean '{nearest}'?" : "");
    }

    // Characters of a text, whatever they take in UTF-8.
    private static Term Length(FunctionCall call)
    {
        call.ExpectCount(1, 1);
        var argument = call.Arguments[0];
        return argument.Kind == ValueKind.Text
            ? new Term(ValueKind.Whole, (ref Evaluation evaluation) => Value.Of((long)CountRunes(argument.Evaluate(ref evaluation).Text)))
            : argument.Kind.IsList
                ? new Term(ValueKind.Whole, (ref Evaluation evaluation) => Value.Of((long)argument.Evaluate(ref evaluation).Items.Length))
                : throw call.Error($"invalid argument for len (type {argument.Kind})");
    }

    private static int CountRunes(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static Term OfText(FunctionCall call, Func<string, string> change)
    {
        call.ExpectTexts(1, 1);
        var argument = call.Arguments[0];
        return new Term(ValueKind.Text, (ref Evaluation evaluation) => Value.Of(change(argument.Evaluate(ref evaluation).Text)));
    }

    private static Term OfTexts(FunctionCall call, int fewest, Func<string, string?, string> change)
    {
        call.ExpectTexts(fewest, 2);
        var argument = call.Arguments[0];
        var more = call.Arguments.ElementAtOrDefault(1);
        return new Term(ValueKind.Text, (ref Evaluation evaluation) => Value.Of(change(
            argument.Evaluate(ref evaluation).Text, more?.Evaluate(ref evaluation).Text)));
    }

    private static Term Ask(FunctionCall call, Func<string, string, bool> ask)
    {
        call.ExpectTexts(2, 2);
        var (text, part) = (call.Arguments[0], call.Arguments[1]);
        return new Term(ValueKind.Boolean, (ref Evaluation evaluation) =>
            Value.Of(ask(text.Evaluate(ref evaluation).Text, part.Evaluate(ref evaluation).Text)));
    }

    private static Term Split(FunctionCall call)
    {
        call.ExpectTexts(2, 2);
        var (text, separator) = (call.Arguments[0], call.Arguments[1]);
        if (separator.Constant is not { Text.Length: > 0 })
        {
            throw call.Error("split takes a separator that is written out and not empty");
        }

        return new Term(ValueKind.ListOf(ValueKind.Text), (ref Evaluation evaluation) => Value.Of(Array.ConvertAll(
            text.Evaluate(ref evaluation).Text.Split(separator.Constant!.Value.Text), static part => Value.Of(part))));
    }

    private static Term Whole(FunctionCall call)
    {
        call.ExpectTexts(1, 1);
        var argument = call.Arguments[0];
        return new Term(ValueKind.Whole, (ref Evaluation evaluation) =>
            long.TryParse(argument.Evaluate(ref evaluation).Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Value.Of(number)
                : evaluation.Fail("a text is no int"));
    }

    private static Term Text(FunctionCall call)
    {
        call.ExpectCount(1, 1);
        var argument = call.Arguments[0];
        return argument.Kind == ValueKind.Text ? argument
            : argument.Kind == ValueKind.Whole
                ? new Term(ValueKind.Text, (ref Evaluation evaluation) =>
                    Value.Of(argument.Evaluate(ref evaluation).Whole.ToString(CultureInfo.InvariantCulture)))
                : argument.Kind == ValueKind.Boolean
                    ? new Term(ValueKind.Text, (ref Evaluation evaluation) => Value.Of(argument.Evaluate(ref evaluation).Truth ? "true" : "false"))
                    : throw call.Error($"string of {argument.Kind} is not supported here");
    }
}
