using System.Buffers.Binary;
using System.Security.Cryptography;
using ClusterDns.Wire;

namespace ClusterDns.Kubernetes.Snapshots;

/// <summary>Writes the fields of a snapshot through one small buffer, and counts and hashes what it writes.</summary>
internal sealed class SnapshotEncoder(Stream output) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[SnapshotFormat.BufferSize];
    private int _used;

    /// <summary>Octets written so far.</summary>
    public long Length { get; private set; }

    public void WriteOctets(ReadOnlySpan<byte> octets)
    {
        Length += octets.Length;
        while (!octets.IsEmpty)
        {
            if (_used == _buffer.Length)
            {
                Flush();
            }

            var fits = octets[..Math.Min(octets.Length, _buffer.Length - _used)];
            fits.CopyTo(_buffer.AsSpan(_used));
            _used += fits.Length;
            octets = octets[fits.Length..];
        }
    }

    public void WriteByte(byte octet) => WriteOctets([octet]);

    /// <summary>Seven bits in an octet, the low ones first.</summary>
    public void WriteNumber(int number)
    {
        var rest = (uint)number;
        for (; rest >= 0x80; rest >>= 7)
        {
            WriteByte((byte)(rest | 0x80));
        }

        WriteByte((byte)rest);
    }

    /// <summary>Up to 255 octets behind their count.</summary>
    public void WriteText(ReadOnlySpan<byte> text)
    {
        WriteByte(checked((byte)text.Length));
        WriteOctets(text);
    }

    public void WriteAddress(NetworkAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        WriteText(octets[..address.Write(octets)]);
    }

    public void WriteHeader(DateTimeOffset time, ReadOnlySpan<byte> fingerprint)
    {
        Span<byte> numbers = stackalloc byte[sizeof(uint) + sizeof(long)];
        BinaryPrimitives.WriteUInt32LittleEndian(numbers, SnapshotFormat.Version);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(uint)..], time.ToUnixTimeMilliseconds());
        WriteOctets(SnapshotFormat.Magic);
        WriteOctets(numbers);
        WriteOctets(fingerprint);
    }

    /// <summary>Length and checksum, and everything to the stream.</summary>
    public void WriteTrailer()
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, Length);
        WriteOctets(length);
        Flush();
        output.Write(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        output.Write(_buffer, 0, _used);
        _used = 0;
    }
}
