using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A page of an API server's list. The first octet chooses the kind, the rest is the page. Objects come out the same
/// however the page is cut into pieces, a refused one changes no zone, and only a broken page throws, as documented.
/// </summary>
internal sealed class ListTarget : FuzzTarget
{
    private static readonly WatchLimits Limits = new();

    public override string Name => "list";

    protected override void Try(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var zone = new ZoneRules(Enum.GetValues<ResourceKind>());
        var (whole, inPieces) = ApiRules.ReadTwice(
            input[1..],
            (body, silence, lines) => ReadAsync(new ListStream(body, ApiRules.ReaderFor(input[0]), silence, Limits), input[0], zone, lines));
        Require(whole == inPieces, $"in one piece it is\n{whole}\nand in small ones\n{inPieces}");
        zone.RequireWhole();
    }

    private static async Task ReadAsync(ListStream list, byte kind, ZoneRules zone, List<string> lines)
    {
        while (await list.NextAsync() is { } item)
        {
            lines.Add($"{item.Key} {item.IsRefused}");
            if (!item.IsRefused)
            {
                zone.Apply(item.ToChange(ApiRules.ReaderFor(kind).Kind));
            }
        }

        lines.Add($"{list.HasItems} {list.ResourceVersion} {list.Continue}");
    }
}
