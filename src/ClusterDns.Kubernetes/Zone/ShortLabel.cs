using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ClusterDns.Kubernetes.Zone;

/// <summary>A label of at most 31 octets, kept inside the object that it names; a longer one is not kept.</summary>
internal readonly struct ShortLabel
{
    private const int MaxLength = 31;

    private readonly byte _length;
    private readonly Octets _octets;

    public ShortLabel(ReadOnlySpan<byte> label)
    {
        if (label.Length <= MaxLength)
        {
            _length = (byte)label.Length;
            label.CopyTo(_octets);
        }
    }

    /// <summary>False for a label that was too long.</summary>
    public bool IsWhole => _length > 0;

    [UnscopedRef]
    public ReadOnlySpan<byte> Label => ((ReadOnlySpan<byte>)_octets)[.._length];

    [InlineArray(MaxLength)]
    private struct Octets
    {
        private byte _first;
    }
}
