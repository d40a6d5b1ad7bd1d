using System.Text.Json;
using ClusterDns.Kubernetes.Manifests.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>What a kubeconfig says of a user and the client library does not read.</summary>
internal static class KubeconfigUser
{
    /// <summary>The user's <c>tokenFile</c>, as it is written; null without one.</summary>
    /// <exception cref="YamlException">The file is no YAML.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? ReadTokenFile(string path, string user)
    {
        var events = new YamlEvents(File.ReadAllText(path));
        while (events.Next() is not DocumentStart)
        {
        }

        using var converter = new YamlToJson(events, firstLine: 1);
        if (converter.Convert() is not { } document)
        {
            return null;
        }

        using var json = JsonDocument.Parse(document.Json);
        return json.RootElement.TryGetProperty("users", out var users) && users.ValueKind == JsonValueKind.Array
            ? users.EnumerateArray().Where(entry => Text(entry, "name") == user).Select(TokenFile).FirstOrDefault()
            : null;
    }

    private static string? TokenFile(JsonElement entry) =>
        entry.TryGetProperty("user", out var credentials) ? Text(credentials, "tokenFile") : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
