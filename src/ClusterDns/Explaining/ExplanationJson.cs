using System.Text;
using System.Text.Json;
using ClusterDns.Wire;

namespace ClusterDns.Explaining;

/// <summary>An explanation as one JSON object, for programs. What is not ASCII is escaped.</summary>
internal static class ExplanationJson
{
    public static string Write(Explanation explanation)
    {
        using var octets = new MemoryStream();
        using (var json = new Utf8JsonWriter(octets, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("name", explanation.Request.Name);
            json.WriteString("type", Mnemonic.Of(explanation.Request.Type));
            json.WriteString("client", explanation.Client.Description);
            json.WriteString("namespace", explanation.Client.Namespace);
            json.WriteStartArray("search");
            foreach (var element in explanation.Search.Elements.Take(ExplainLimits.MostSearched))
            {
                json.WriteStringValue(element.ToString());
            }

            json.WriteEndArray();
            json.WriteNumber("ndots", explanation.Search.Dots);
            json.WriteBoolean("resolved", explanation.IsResolved);
            json.WriteString("advice", explanation.Advice);
            json.WriteStartArray("names");
            foreach (var name in explanation.Names)
            {
                Write(json, name);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(octets.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, ExplainedName name)
    {
        json.WriteStartObject();
        json.WriteString("name", name.Name);
        json.WriteString("status", name.Code is { } code ? Mnemonic.Of(code) : null);
        json.WriteStartArray("answers");
        foreach (var answer in name.Answers)
        {
            json.WriteStringValue(answer);
        }

        json.WriteEndArray();
        json.WriteString("block", name.Block);
        json.WriteString("plugin", name.Plugin);
        if (name.Object is { } found)
        {
            json.WriteStartObject("object");
            json.WriteString("kind", found.Kind);
            json.WriteString("namespace", found.Namespace);
            json.WriteString("name", found.Name);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("object");
        }

        json.WriteString("reason", name.Reason);
        json.WriteString("advice", name.Advice);
        json.WriteEndObject();
    }
}
