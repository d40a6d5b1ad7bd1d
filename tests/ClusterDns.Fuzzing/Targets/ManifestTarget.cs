using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Manifests.Cluster;
using ClusterDns.Kubernetes.Manifests.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A file of Kubernetes objects, from its octets to the names of a zone. The input is the file: JSON if it begins with a
/// brace, else YAML. A mistake is a problem with a place, never an exception.
/// </summary>
internal sealed class ManifestTarget : FuzzTarget
{
    private static readonly ClusterSourceOptions Options = new() { KeepPodNames = true, WatchPods = true };

    private readonly ManifestFileReader _reader = new(new ManifestObjectReader(keepPodNames: true, NullLogger.Instance));
    private readonly ManifestRelist _relist = new(Options, selector: null, namespaceSelector: null);

    public override string Name => "manifest";

    protected override void Try(byte[] input)
    {
        var lines = 1 + input.AsSpan().Count((byte)'\n');
        Read("all.yaml", input, lines);
        if (input.AsSpan().StartsWith("{"u8))
        {
            Read("all.json", input, lines);
        }
    }

    private void Read(string path, byte[] input, int lines)
    {
        var file = _reader.Read(path, input, input);
        Require(
            file.Problems.Shown.All(problem => problem.Position.Line >= 1 && problem.Position.Line <= lines + 1),
            "a problem has a line that is not the file's");
        var zone = new ZoneRules(_relist.Kinds);
        foreach (var change in _relist.Of(new ObjectTable([file], [])))
        {
            zone.Apply(change);
        }

        zone.RequireWhole();

        // The same file again, after a mistake was made in it: what it had stays.
        Require(file.KeepingFrom(file).Objects.Count >= file.Objects.Select(item => item.Identity).Distinct().Count(), "objects got lost");
    }
}
