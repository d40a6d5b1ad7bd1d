using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A watch. The first octet chooses the kind, the rest is what the API server sends. Rules as for <see cref="ListTarget"/>.
/// </summary>
internal sealed class WatchTarget : FuzzTarget
{
    private static readonly WatchLimits Limits = new();

    public override string Name => "watch";

    protected override void Try(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var zone = new ZoneRules(Enum.GetValues<ResourceKind>());
        var (whole, inPieces) = ApiRules.ReadTwice(
            input[1..],
            (body, silence, lines) => ReadAsync(new WatchStream(body, ApiRules.ReaderFor(input[0]), silence, Limits), input[0], zone, lines));
        Require(whole == inPieces, $"in one piece it is\n{whole}\nand in small ones\n{inPieces}");
        zone.RequireWhole();
    }

    private static async Task ReadAsync(WatchStream watch, byte kind, ZoneRules zone, List<string> lines)
    {
        while (await watch.NextAsync(Limits.WatchLength) is { } told)
        {
            lines.Add($"{told.Type} {told.Reading.Key} {told.Reading.IsRefused} {told.Version} {told.EndsInitialEvents} {told.Error.Verdict}");
            if (told.Reading.IsRefused)
            {
                continue;
            }

            if (told.Type == WatchEventType.Put)
            {
                zone.Apply(told.Reading.ToChange(ApiRules.ReaderFor(kind).Kind));
            }
            else if (told.Type == WatchEventType.Deleted)
            {
                zone.Apply(ClusterChange.Remove(ApiRules.ReaderFor(kind).Kind, told.Reading.Key));
            }
        }
    }
}
