using System.Globalization;
using System.Text;
using ClusterDns.Explaining.Reasons;
using ClusterDns.Operations;
using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>An explanation for a person.</summary>
internal static class ExplanationText
{
    public static string Write(Explanation explanation)
    {
        var text = new StringBuilder();
        var request = explanation.Request;
        text.Append($"{request.Name} {Mnemonic.Of(request.Type)}, asked from {explanation.Client.Description}\n");
        text.Append(explanation.Search.Elements.Count == 0
            ? "no search list: the name is asked for as it is\n"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"search {string.Join(' ', explanation.Search.Elements.Take(ExplainLimits.MostSearched))}, ndots {explanation.Search.Dots}\n"));
        foreach (var (index, name) in explanation.Names.Index())
        {
            Append(text, index + 1, name);
        }

        text.Append(explanation.IsResolved ? "\nResolved." : "\nNot resolved.");
        if (explanation.Advice.Length > 0)
        {
            text.Append($" {explanation.Advice}");
        }

        // What a person typed and what others have in their records goes to a terminal.
        return string.Join('\n', text.ToString().Split('\n').Select(PrintableText.Escape)) + "\n";
    }

    private static void Append(StringBuilder text, int number, ExplainedName name)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n{number}. {name.Name}  {name.Status}\n");
        if (name.Answers.Count > 0)
        {
            text.Append($"   {string.Join(", ", name.Answers.Take(ExplainLimits.MostShown))}");
            text.Append(name.Answers.Count > ExplainLimits.MostShown
                ? string.Create(CultureInfo.InvariantCulture, $" and {name.Answers.Count - ExplainLimits.MostShown} more\n")
                : "\n");
        }

        text.Append($"   {name.Reason}\n");
        if (name.Block is not null)
        {
            text.Append($"   block {name.Block}, plugin {(name.Plugin.Length == 0 ? "none" : name.Plugin)}");
            text.Append(name.Object is null ? "\n" : $", {name.Object}\n");
        }

        if (name.Endpoints.Count > 0)
        {
            text.Append($"   endpoints from {ServiceWords.List([.. name.Endpoints.Select(item => item.ToString())])}\n");
        }
    }
}
