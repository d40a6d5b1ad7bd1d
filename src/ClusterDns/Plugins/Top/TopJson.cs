using System.Text.Json;

namespace ClusterDns.Plugins.Top;

/// <summary>A report as one JSON object. Whatever is not printable ASCII is escaped, by this writer or before.</summary>
internal static class TopJson
{
    private const int ShareDigits = 6;

    /// <param name="report">What to write.</param>
    /// <param name="only">One family; null for all.</param>
    /// <param name="count">Entries of each list.</param>
    /// <param name="isIndented">One line for each value, for people.</param>
    public static byte[] Write(TopReport report, TopFamily? only, int count, bool isIndented = false)
    {
        using var octets = new MemoryStream();
        using (var json = new Utf8JsonWriter(octets, new JsonWriterOptions { Indented = isIndented, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("sample", report.Sample);
            json.WriteString("since", report.Since.UtcDateTime);
            json.WriteNumber("windowSeconds", Math.Round(report.Window.TotalSeconds, 1));
            json.WriteStartObject("families");
            foreach (var family in Enum.GetValues<TopFamily>().Where(family => only is null || family == only))
            {
                json.WriteStartObject(TopFamilies.NameOf(family));
                WriteList(json, "recent", report.Recent[(int)family], count);
                WriteList(json, "total", report.Total[(int)family], count);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return octets.ToArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, TopList list, int count)
    {
        json.WriteStartObject(name);
        json.WriteNumber("queries", list.Queries);
        json.WriteStartArray("entries");
        foreach (var entry in list.Entries.Take(count))
        {
            json.WriteStartObject();
            json.WriteString("value", entry.Text);
            if (entry.Pod is not null)
            {
                json.WriteString("namespace", entry.Namespace);
                json.WriteString("pod", entry.Pod);
            }

            json.WriteNumber("count", entry.Count);
            json.WriteNumber("error", entry.Error);
            json.WriteNumber("share", Math.Round(entry.Share, ShareDigits));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
