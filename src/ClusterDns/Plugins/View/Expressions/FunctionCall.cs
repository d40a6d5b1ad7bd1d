using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>A function by name, and what it is called with.</summary>
internal sealed record FunctionCall(ExpressionToken Name, IReadOnlyList<Term> Arguments, ExpressionSource Source)
{
    public void ExpectTexts(int fewest, int most)
    {
        ExpectCount(fewest, most);
        if (Arguments.FirstOrDefault(argument => argument.Kind != ValueKind.Text) is { } wrong)
        {
            throw Error($"{Name.Text} takes string, not {wrong.Kind}");
        }
    }

    public void ExpectCount(int fewest, int most)
    {
        if (Arguments.Count < fewest)
        {
            throw Error($"not enough arguments to call {Name.Text}");
        }

        if (Arguments.Count > most)
        {
            throw Error($"too many arguments to call {Name.Text}");
        }
    }

    public CorefileException Error(string message, string hint = "") => Source.Error(Name.Position, message, hint);
}
