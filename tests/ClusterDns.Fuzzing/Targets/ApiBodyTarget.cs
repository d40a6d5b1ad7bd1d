using System.IO.Pipelines;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Testing;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// What an API server sends. The first octet chooses the kind, the rest is the body. Objects come out the same however it
/// is cut into pieces, a refused one changes no zone, and only a broken body throws, as documented.
/// </summary>
internal abstract class ApiBodyTarget : FuzzTarget
{
    private const int SmallPiece = 7;

    protected static readonly WatchLimits Limits = new();

    private static readonly ResourceKind[] Kinds = Enum.GetValues<ResourceKind>();

    protected sealed override void Try(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var kind = Kinds[input[0] % Kinds.Length];
        var body = input[1..];
        var zone = new ZoneRules(Kinds);
        var whole = Read(body, body.Length, kind, zone);
        var inPieces = Read(body, SmallPiece, kind, zone);
        Require(whole == inPieces, $"in one piece it is\n{whole}\nand in small ones\n{inPieces}");
        zone.RequireWhole();
    }

    /// <summary>Reads a body to its end, applies what is in it to the zone, and says it in lines.</summary>
    protected abstract Task ReadAsync(PipeReader body, ObjectReader reader, SilenceTimer silence, ZoneRules zone, List<string> lines);

    private string Read(byte[] body, int piece, ResourceKind kind, ZoneRules zone)
    {
        var lines = new List<string>();
        var reader = ObjectReader.Create(kind, new ObjectReaderOptions { KeepPodNames = true });
        using var silence = new SilenceTimer(TimeProvider.System, CancellationToken.None);
        try
        {
            var stream = PipeReader.Create(new PieceStream(body.Chunk(Math.Max(piece, 1))));
            ReadAsync(stream, reader, silence, zone, lines).GetAwaiter().GetResult();
        }
        catch (Exception documented) when (documented is JsonException or InvalidDataException)
        {
            // Places in the text are counted from wherever a piece began.
            lines.Add("broken");
        }

        return string.Join('\n', lines);
    }
}
