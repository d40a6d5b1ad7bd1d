using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ClusterDns.Transport.Upstream;

/// <summary>Numbers that nobody can guess, drawn many at a time: one by one they would cost more than the rest of a query.</summary>
internal sealed class UpstreamRandom
{
    private const int DrawnAtOnce = 1024;

    private readonly Lock _lock = new();
    private readonly byte[] _drawn = new byte[DrawnAtOnce];
    private int _used = DrawnAtOnce;

    public uint Next()
    {
        lock (_lock)
        {
            if (_used == DrawnAtOnce)
            {
                RandomNumberGenerator.Fill(_drawn);
                _used = 0;
            }

            var number = BinaryPrimitives.ReadUInt32LittleEndian(_drawn.AsSpan(_used));
            _used += sizeof(uint);
            return number;
        }
    }
}
