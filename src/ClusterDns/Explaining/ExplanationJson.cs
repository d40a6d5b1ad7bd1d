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
        json.WritePropertyName("object");
        Write(json, name.Object);
        json.WriteStartArray("endpoints");
        foreach (var item in name.Endpoints.Take(ExplainLimits.MostObjects))
        {
            Write(json, item);
        }

        json.WriteEndArray();
        json.WriteString("reason", name.Reason);
        json.WriteString("advice", name.Advice);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExplainedObject? item)
    {
        if (item is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("kind", item.Kind);
        json.WriteString("namespace", item.Namespace);
        json.WriteString("name", item.Name);

        // A text, as in the object itself: many a reader cuts numbers of JSON to 53 bits.
        json.WriteString("resourceVersion", item.Version);
        json.WriteEndObject();
    }
}
