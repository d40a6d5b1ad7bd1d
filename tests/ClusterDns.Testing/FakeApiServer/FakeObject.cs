using System.Text.Json.Nodes;

namespace ClusterDns.Testing;

/// <summary>One object in the fake API server, as it was at one version.</summary>
internal sealed record FakeObject(string Namespace, string Name, long Version, JsonObject Json)
{
    public string Text { get; } = Json.ToJsonString();

    /// <summary>Value of a label; null without it.</summary>
    public string? Label(string name) => Json["metadata"]?["labels"]?[name]?.GetValue<string>();

    /// <summary>Value at a dotted path; empty where nothing is.</summary>
    public string Field(string path)
    {
        JsonNode? node = Json;
        foreach (var step in path.Split('.'))
        {
            node = node?[step];
        }

        return node?.GetValue<string>() ?? "";
    }
}
