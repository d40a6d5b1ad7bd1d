using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Snapshots;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// A snapshot file. The input is taken for a file as it is, and for the objects of one whose length and checksum are
/// right: otherwise nothing would ever come further than those. What is refused is refused in words.
/// </summary>
internal sealed class SnapshotTarget : FuzzTarget
{
    private static readonly byte[] Fingerprint = new byte[SnapshotFormat.FingerprintSize];

    public override string Name => "snapshot";

    protected override void Try(byte[] input)
    {
        Read(input);
        Read(Wrap(input));
    }

    private static byte[] Wrap(byte[] objects)
    {
        using var file = new MemoryStream();
        using var encoder = new SnapshotEncoder(file);
        encoder.WriteHeader(DateTimeOffset.UnixEpoch, Fingerprint);
        encoder.WriteOctets(objects);
        encoder.WriteTrailer();
        return file.ToArray();
    }

    private static void Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        var reader = SnapshotReader.Open(stream, Fingerprint, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, out var refusal);
        Require(reader is null == refusal.Length > 0, "neither a reader nor a refusal, or both");
        if (reader is null)
        {
            return;
        }

        var zone = new ZoneRules(Enum.GetValues<ResourceKind>());
        var isWhole = reader.ReadAll(change =>
        {
            zone.Restore(change);
            return true;
        });
        Require(isWhole, "a snapshot that was whole is not when it is read again");
        zone.RequireWhole();
    }
}
