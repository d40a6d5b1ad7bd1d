using System.Text.Json;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Conformance;

/// <summary>
/// A cluster, questions about it, and the answers that CoreDNS gave: the files of the folder <c>conformance</c>, which
/// stand beside the tests' assemblies.
/// </summary>
internal static class ConformanceSet
{
    /// <summary>The cluster's objects: one list for each kind, as an API server lists them.</summary>
    public static string ClusterPath => Path.Combine(Folder, "cluster.json");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "conformance");

    /// <summary>Every case, in the order of the file.</summary>
    public static IReadOnlyList<ConformanceCase> Load()
    {
        var cases = new List<ConformanceCase>();
        foreach (var line in File.ReadLines(Path.Combine(Folder, "queries.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            cases.Add(ReadCase(json.RootElement, cases.Count + 1));
        }

        return cases;
    }

    private static ConformanceCase ReadCase(JsonElement json, int line)
    {
        var query = json.GetProperty("query");
        var hasEdns = query.TryGetProperty("edns", out var edns);
        return new ConformanceCase
        {
            Line = line,
            Profile = json.GetProperty("profile").GetString()!,
            Name = query.GetProperty("name").GetString()!,
            Type = Enum.Parse<RecordType>(query.GetProperty("type").GetString()!),
            Transport = Enum.Parse<TransportProtocol>(query.GetProperty("transport").GetString()!, ignoreCase: true),
            RecursionDesired = !query.TryGetProperty("rd", out var desired) || desired.GetBoolean(),
            PayloadSize = hasEdns ? edns.GetProperty("size").GetUInt16() : null,
            DnssecOk = hasEdns && edns.GetProperty("do").GetBoolean(),
            Expected = ReadReply(json.GetProperty("reply")),
        };
    }

    private static ConformanceReply ReadReply(JsonElement json) => new()
    {
        ResponseCode = json.GetProperty("rcode").GetString()!,
        Flags = ReadTexts(json, "flags"),
        Answer = ReadTexts(json, "answer"),
        Authority = ReadTexts(json, "authority"),
        Additional = ReadTexts(json, "additional"),
        AnswerCount = json.TryGetProperty("answer_count", out var count) ? count.GetInt32() : ReadTexts(json, "answer").Length,
        Edns = json.TryGetProperty("edns", out var edns)
            ? ReplyDecoder.FormatEdns(edns.GetProperty("size").GetInt32(), edns.GetProperty("do").GetBoolean())
            : null,
    };

    private static string[] ReadTexts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(text => text.GetString()!)] : [];
}
