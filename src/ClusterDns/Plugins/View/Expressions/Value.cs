namespace ClusterDns.Plugins.View.Expressions;

/// <summary>
/// What a term comes to. Of which kind it is was settled when the Corefile was read. The default is false, 0, "" and the
/// empty list: what stands in for a value where evaluation failed.
/// </summary>
internal readonly struct Value
{
    private readonly long _bits;
    private readonly object? _reference;

    private Value(long bits, object? reference)
    {
        _bits = bits;
        _reference = reference;
    }

    public bool Truth => _bits != 0;

    public long Whole => _bits;

    public double Real => BitConverter.Int64BitsToDouble(_bits);

    public string Text => _reference as string ?? "";

    public Value[] Items => _reference as Value[] ?? [];

    public static Value Of(bool truth) => new(truth ? 1 : 0, null);

    public static Value Of(long number) => new(number, null);

    public static Value Of(double number) => new(BitConverter.DoubleToInt64Bits(number), null);

    public static Value Of(string text) => new(0, text);

    public static Value Of(Value[] items) => new(0, items);

    /// <summary>Whether both are the same value of one kind that is no list.</summary>
    public bool Is(Value other, ValueKind kind) =>
        kind == ValueKind.Text ? string.Equals(Text, other.Text, StringComparison.Ordinal)
        : kind == ValueKind.Real ? Real == other.Real
        : _bits == other._bits;
}
