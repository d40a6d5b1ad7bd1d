namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// A snapshot, all numbers little-endian: magic, version (4 octets), milliseconds since 1970 (8), fingerprint of what was
/// read from which cluster (32); then objects, each a tag and its fields, and the tag 0; then the count of all octets so
/// far (8) and the SHA-256 of all octets so far (32).
/// <para>
/// Length and checksum are at the end so that a writer goes through the cluster once and holds none of it. SHA-256 because
/// the platform has it, in hardware mostly, and no two contents share one; it is no seal: who may write the file may write
/// another. Objects carry no resourceVersion: a watch is never resumed from a snapshot, since a fresh list is what finds
/// out what was deleted meanwhile.
/// </para>
/// <para>
/// Endpoints come before Services and Namespaces last, so that a name that is found while a snapshot is read has all its
/// endpoints.
/// </para>
/// </summary>
internal static class SnapshotFormat
{
    public const uint Version = 1;

    public const int FingerprintSize = 32;

    /// <summary>Magic, version, time, fingerprint.</summary>
    public const int HeaderSize = 8 + sizeof(uint) + sizeof(long) + FingerprintSize;

    /// <summary>Length and SHA-256.</summary>
    public const int TrailerSize = sizeof(long) + HashSize;

    public const int HashSize = 32;

    /// <summary>A snapshot of nothing: the end's tag is between header and trailer.</summary>
    public const int SmallestFile = HeaderSize + 1 + TrailerSize;

    /// <summary>Ends the objects; any other tag is a kind's number and one.</summary>
    public const byte End = 0;

    /// <summary>Octets that are read or written at a time.</summary>
    public const int BufferSize = 64 * 1024;

    /// <summary>Items of one list in one object: etcd's 1.5 MiB for an object hold fewer.</summary>
    public const int MostItems = 1 << 20;

    public const byte HasHostnames = 1;
    public const byte HasPodNames = 2;
    public const byte IsIPv4 = 4;

    public const byte HasOtherAddress = 1;
    public const byte IsHostNetwork = 2;

    /// <summary>Not text, and broken by whoever takes it for some.</summary>
    public static ReadOnlySpan<byte> Magic => [0xC5, (byte)'C', (byte)'D', (byte)'N', (byte)'S', (byte)'\r', (byte)'\n', 0x1A];
}
