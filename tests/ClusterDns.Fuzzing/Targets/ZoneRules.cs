using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Snapshots;
using ClusterDns.Kubernetes.Zone;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>A zone that changes are applied to, and what must hold of it after any of them.</summary>
internal sealed class ZoneRules(IReadOnlyCollection<ResourceKind> kinds)
{
    private static readonly byte[] Fingerprint = new byte[SnapshotFormat.FingerprintSize];

    private readonly ZoneWriter _writer = new(kinds, TimeProvider.System, NullLogger.Instance);

    public void Apply(in ClusterChange change) => _writer.Apply(change);

    /// <summary>From a snapshot.</summary>
    public void Restore(in ClusterChange change) => _writer.Restore(change);

    /// <summary>Everything in it can be written down, read again, and is then the same.</summary>
    public void RequireWhole()
    {
        var written = Write(_writer.Zone);
        var copy = new ZoneRules([ResourceKind.Service]);
        if (SnapshotReader.Open(new MemoryStream(written), Fingerprint, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, out var refusal) is not { } reader)
        {
            throw new BrokenRuleException($"a snapshot of the zone is refused: {refusal}");
        }

        reader.ReadAll(change =>
        {
            copy.Restore(change);
            return true;
        });
        if (Write(copy._writer.Zone).Length != written.Length)
        {
            throw new BrokenRuleException("a snapshot of the zone gives another zone");
        }
    }

    private static byte[] Write(ClusterZone zone)
    {
        using var file = new MemoryStream();
        using var encoder = new SnapshotEncoder(file);
        encoder.WriteHeader(DateTimeOffset.UnixEpoch, Fingerprint);
        new ZoneCapture(zone).WriteTo(encoder);
        encoder.WriteTrailer();
        return file.ToArray();
    }
}
