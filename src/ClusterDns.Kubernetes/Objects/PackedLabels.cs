using System.Buffers.Binary;
using System.Text;

namespace ClusterDns.Kubernetes.Objects;

/// <summary>
/// Labels by index in one array, so that a thousand hostnames are one object: where each begins and the last ends, then
/// the labels themselves. The default value holds an empty label at every index and has no array.
/// </summary>
internal readonly struct PackedLabels
{
    private const int OffsetSize = sizeof(int);

    private readonly byte[]? _octets;

    private PackedLabels(byte[] octets) => _octets = octets;

    /// <summary>There is no label at any index.</summary>
    public bool IsEmpty => _octets is null;

    /// <summary>Without length octet; empty where there is none.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if (_octets is null)
            {
                return [];
            }

            var start = ReadOffset(index);
            return _octets.AsSpan(start, ReadOffset(index + 1) - start);
        }
    }

    /// <param name="labels">ASCII; null where there is none.</param>
    public static PackedLabels Pack(List<string?> labels)
    {
        var textLength = labels.Sum(label => label?.Length ?? 0);
        if (textLength == 0)
        {
            return default;
        }

        var position = (labels.Count + 1) * OffsetSize;
        var octets = new byte[position + textLength];
        for (var i = 0; i < labels.Count; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(octets.AsSpan(i * OffsetSize), position);
            position += Encoding.ASCII.GetBytes(labels[i] ?? "", octets.AsSpan(position));
        }

        BinaryPrimitives.WriteInt32LittleEndian(octets.AsSpan(labels.Count * OffsetSize), position);
        return new PackedLabels(octets);
    }

    public bool SameAs(PackedLabels other) => _octets.AsSpan().SequenceEqual(other._octets);

    private int ReadOffset(int index) => BinaryPrimitives.ReadInt32LittleEndian(_octets.AsSpan(index * OffsetSize));
}
