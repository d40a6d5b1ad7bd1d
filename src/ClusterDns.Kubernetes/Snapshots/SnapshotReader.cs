using System.Buffers.Binary;
using System.Security.Cryptography;
using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>
/// A snapshot that is whole and what it says it is. Whatever else a file may be is told in words and never thrown. However
/// long the file, it goes through one small buffer.
/// </summary>
internal sealed class SnapshotReader
{
    private readonly Stream _file;

    private SnapshotReader(Stream file, DateTimeOffset takenAt)
    {
        _file = file;
        TakenAt = takenAt;
    }

    public DateTimeOffset TakenAt { get; }

    /// <summary>
    /// Reads the whole file once, objects included, and gives a reader for the second time; or null, and why.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SnapshotReader? Open(Stream file, ReadOnlySpan<byte> fingerprint, DateTimeOffset oldest, DateTimeOffset newest, out string refusal)
    {
        Span<byte> header = stackalloc byte[SnapshotFormat.HeaderSize];
        refusal = Refuse(file, header, fingerprint);
        if (refusal.Length > 0)
        {
            return null;
        }

        var milliseconds = BinaryPrimitives.ReadInt64LittleEndian(header[(SnapshotFormat.Magic.Length + sizeof(uint))..]);
        refusal = milliseconds > newest.ToUnixTimeMilliseconds() ? "it is from the future"
            : milliseconds < oldest.ToUnixTimeMilliseconds() ? "it is too old"
            : "";
        if (refusal.Length > 0)
        {
            return null;
        }

        var reader = new SnapshotReader(file, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
        refusal = reader.ReadAll(static _ => true) ? "" : "its checksum is right, but its content is not";
        return refusal.Length == 0 ? reader : null;
    }

    /// <summary>Hands on every object; false where the file is at fault. Ends early when the receiver has enough.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool ReadAll(Func<ClusterChange, bool> receive)
    {
        _file.Position = SnapshotFormat.HeaderSize;
        var decoder = new SnapshotDecoder(_file, _file.Length - SnapshotFormat.HeaderSize - SnapshotFormat.TrailerSize);
        var objects = new SnapshotObjects(decoder);
        while (objects.TryRead(out var change))
        {
            if (!receive(change))
            {
                return true;
            }
        }

        return objects.IsWhole;
    }

    private static string Refuse(Stream file, Span<byte> header, ReadOnlySpan<byte> fingerprint)
    {
        if (file.Length < SnapshotFormat.SmallestFile)
        {
            return "it is too short to be one";
        }

        file.ReadExactly(header);
        if (!header.StartsWith(SnapshotFormat.Magic))
        {
            return "it is something else";
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[SnapshotFormat.Magic.Length..]);
        if (version != SnapshotFormat.Version)
        {
            return $"it is of format {version}, not {SnapshotFormat.Version}";
        }

        if (!IsIntact(file, header))
        {
            return "it is damaged";
        }

        return header[^SnapshotFormat.FingerprintSize..].SequenceEqual(fingerprint)
            ? ""
            : "it was written for other options of the kubernetes plugin";
    }

    private static bool IsIntact(Stream file, ReadOnlySpan<byte> header)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        var buffer = new byte[SnapshotFormat.BufferSize];
        var left = file.Length - header.Length - SnapshotFormat.TrailerSize;
        while (left > 0)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            file.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        Span<byte> trailer = stackalloc byte[SnapshotFormat.TrailerSize];
        Span<byte> computed = stackalloc byte[SnapshotFormat.HashSize];
        file.ReadExactly(trailer);
        hash.AppendData(trailer[..sizeof(long)]);
        hash.GetHashAndReset(computed);
        return BinaryPrimitives.ReadInt64LittleEndian(trailer) == file.Length - SnapshotFormat.TrailerSize
            && trailer[sizeof(long)..].SequenceEqual(computed);
    }
}
