using System.IO.Pipelines;
using System.Text.Json;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Objects.Json;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>What lists and watches have in common: the first octet of an input chooses the kind, the rest is what comes.</summary>
internal static class ApiRules
{
    private static readonly ResourceKind[] Kinds = Enum.GetValues<ResourceKind>();

    public static ObjectReader ReaderFor(byte octet) =>
        ObjectReader.Create(Kinds[octet % Kinds.Length], new ObjectReaderOptions { KeepPodNames = true });

    /// <summary>
    /// Reads a body once in one piece and once in small ones; says in lines what was in it, and how it ended.
    /// </summary>
    public static (string Whole, string InPieces) ReadTwice(
        byte[] body, Func<PipeReader, SilenceTimer, List<string>, Task> read) =>
        (Read(body, body.Length, read), Read(body, 7, read));

    private static string Read(byte[] body, int piece, Func<PipeReader, SilenceTimer, List<string>, Task> read)
    {
        var lines = new List<string>();
        using var silence = new SilenceTimer(TimeProvider.System, CancellationToken.None);
        try
        {
            read(PipeReader.Create(new SlicedStream(body, Math.Max(piece, 1))), silence, lines).GetAwaiter().GetResult();
        }
        catch (Exception documented) when (documented is JsonException or InvalidDataException)
        {
            // Places in the text are counted from wherever a piece began.
            lines.Add("broken");
        }

        return string.Join('\n', lines);
    }
}
