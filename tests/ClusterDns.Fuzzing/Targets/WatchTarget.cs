using System.IO.Pipelines;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>A watch.</summary>
internal sealed class WatchTarget : ApiBodyTarget
{
    public override string Name => "watch";

    protected override async Task ReadAsync(
        PipeReader body, ObjectReader reader, SilenceTimer silence, ZoneRules zone, List<string> lines)
    {
        var watch = new WatchStream(body, reader, silence, Limits);
        while (await watch.NextAsync(Limits.WatchLength) is { } told)
        {
            lines.Add($"{told.Type} {told.Reading.Key} {told.Reading.IsRefused} {told.Version} {told.EndsInitialEvents} {told.Error.Verdict}");
            if (told.Reading.IsRefused)
            {
                continue;
            }

            if (told.Type == WatchEventType.Put)
            {
                zone.Apply(told.Reading.ToChange(reader.Kind));
            }
            else if (told.Type == WatchEventType.Deleted)
            {
                zone.Apply(ClusterChange.Remove(reader.Kind, told.Reading.Key));
            }
        }
    }
}
