using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Testing;

/// <summary>Serves those who make, replace and delete single objects, as far as a test's own tools need it.</summary>
internal sealed class FakeWriteEndpoint(FakeStore store)
{
    public async Task ServeAsync(HttpContext context, FakeResponse response)
    {
        var (resource, space, name) = Find(context.Request.Path.Value!);
        if (resource is null)
        {
            await response.WriteStatusAsync(404, "NotFound");
            return;
        }

        var exists = name is not null && store.Has(resource.Kind, space, name);
        switch (context.Request.Method)
        {
            case "POST" when name is null:
            case "PUT" when exists:
                var json = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
                store.Put(resource.Kind, json);
                await response.WriteWholeAsync("{}", "application/json", 200);
                break;
            case "DELETE" when exists:
                store.Delete(resource.Kind, space, name!);
                await response.WriteWholeAsync("{}", "application/json", 200);
                break;
            default:
                await response.WriteStatusAsync(404, "NotFound");
                break;
        }
    }

    // /api/v1[/namespaces/SPACE]/PLURAL[/NAME]; a Namespace has no namespace around it.
    private static (FakeResource? Resource, string Space, string? Name) Find(string path)
    {
        foreach (var resource in FakeResource.All)
        {
            var words = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var prefix = resource.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)[..^1];
            if (!words.AsSpan().StartsWith(prefix))
            {
                continue;
            }

            switch (words[prefix.Length..])
            {
                case [var plural, .. var rest] when plural == resource.Plural && rest.Length < 2:
                    return (resource, "", rest.FirstOrDefault());
                case ["namespaces", var space, var plural, .. var rest] when plural == resource.Plural && rest.Length < 2:
                    return (resource, space, rest.FirstOrDefault());
            }
        }

        return default;
    }
}
