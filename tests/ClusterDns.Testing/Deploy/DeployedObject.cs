using System.Text.Json.Nodes;

namespace ClusterDns.Testing.Deploy;

/// <summary>An object that deploy/ puts into a cluster, with paths like <c>spec.ports[0].name</c> to read it by.</summary>
public sealed class DeployedObject(JsonObject content)
{
    public JsonObject Content => content;

    public string Kind => Text("kind");

    public string Name => Text("metadata.name");

    /// <summary>Kind and name, which are unique in what one command applies.</summary>
    public override string ToString() => $"{Kind}/{Name}";

    public static IReadOnlyList<DeployedObject> ReadAll(string yaml) =>
        [.. YamlText.ReadAll(yaml).Select(document => new DeployedObject(document))];

    /// <summary>The value at a path; null if something on the way is not there.</summary>
    public JsonNode? At(string path)
    {
        JsonNode? node = content;
        foreach (var step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            node = step.StartsWith('[')
                ? (node as JsonArray)?.ElementAtOrDefault(int.Parse(step.Trim('[', ']'), provider: null))
                : (node as JsonObject)?[step];
        }

        return node;
    }

    /// <summary>The text at a path, numbers and truth values in JSON's spelling.</summary>
    public string Text(string path) =>
        At(path)?.ToString() ?? throw new ArgumentException($"no {path} in {content.ToJsonString()}");

    public IReadOnlyList<string> Texts(string path) => [.. Items(path).Select(item => item.ToString())];

    /// <summary>The entries of a list; empty if there is none.</summary>
    public IReadOnlyList<JsonNode> Items(string path) => [.. (At(path) as JsonArray ?? []).OfType<JsonNode>()];

    /// <summary>The entries of a list of objects, each to be read like an object.</summary>
    public IReadOnlyList<DeployedObject> Parts(string path) => [.. Items(path).Select(item => new DeployedObject((JsonObject)item))];

    /// <summary>Texts by key: labels, a selector. Empty if there are none.</summary>
    public IReadOnlyDictionary<string, string> Map(string path) =>
        (At(path) as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value!.ToString());
}
