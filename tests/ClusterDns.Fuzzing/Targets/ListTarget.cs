using System.IO.Pipelines;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>A page of an API server's list.</summary>
internal sealed class ListTarget : ApiBodyTarget
{
    public override string Name => "list";

    protected override async Task ReadAsync(
        PipeReader body, ObjectReader reader, SilenceTimer silence, ZoneRules zone, List<string> lines)
    {
        var list = new ListStream(body, reader, silence, Limits);
        while (await list.NextAsync() is { } item)
        {
            lines.Add($"{item.Key} {item.IsRefused}");
            if (!item.IsRefused)
            {
                zone.Apply(item.ToChange(reader.Kind));
            }
        }

        lines.Add($"{list.HasItems} {list.ResourceVersion} {list.Continue}");
    }
}
