using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClusterDns.Testing.Deploy;

/// <summary>
/// Kubernetes's own types, by which manifests are checked as strictly as `kubectl --validate=strict` does: no field that a
/// type does not have, no text for a number. They come with the client library, which the program alone may name, so they
/// are found by reflection. What is required is not in the types.
/// </summary>
public static class KubernetesModels
{
    /// <summary>Of the Prometheus operator, not of Kubernetes.</summary>
    public static readonly IReadOnlyList<string> ForeignKinds = ["ServiceMonitor", "PrometheusRule"];

    private static readonly JsonSerializerOptions Strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly Dictionary<string, Type> TypesByVersionAndKind = FindTypes();

    /// <summary>What is wrong with an object; null if nothing is.</summary>
    public static string? MistakeIn(DeployedObject manifest)
    {
        if (!TypesByVersionAndKind.TryGetValue($"{manifest.Text("apiVersion")} {manifest.Kind}", out var type))
        {
            return $"{manifest}: no kind {manifest.Kind} in {manifest.Text("apiVersion")}";
        }

        try
        {
            JsonSerializer.Deserialize(manifest.Content, type, Strict);
            return null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return $"{manifest}: {exception.Message}";
        }
    }

    private static Dictionary<string, Type> FindTypes()
    {
        var types = new Dictionary<string, Type>();
        foreach (var type in Assembly.Load("KubernetesClient.Aot").GetExportedTypes().Where(type => type.IsClass && !type.IsGenericType))
        {
            var attribute = type.GetCustomAttributesData()
                .FirstOrDefault(data => data.AttributeType.Name == "KubernetesEntityAttribute");
            if (attribute is not null)
            {
                var named = attribute.NamedArguments
                    .ToDictionary(argument => argument.MemberName, argument => argument.TypedValue.Value as string);
                var group = named["Group"] is { Length: > 0 } some ? $"{some}/" : "";
                types.TryAdd($"{group}{named["ApiVersion"]} {named["Kind"]}", type);
            }
        }

        return types;
    }
}
