namespace ClusterDns.Plugins.View.Expressions;

/// <summary>A type of the expression language, by the name that its users know.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Element">What a list has; null for all others, and for the list without elements.</param>
internal sealed record ValueKind(string Name, ValueKind? Element = null)
{
    public static ValueKind Boolean { get; } = new("bool");

    public static ValueKind Whole { get; } = new("int");

    public static ValueKind Real { get; } = new("float");

    public static ValueKind Text { get; } = new("string");

    public static ValueKind EmptyList { get; } = new("array");

    public bool IsNumber => this == Whole || this == Real;

    public bool IsList => Element is not null || this == EmptyList;

    public static ValueKind ListOf(ValueKind element) => new($"[]{element.Name}", element);

    public override string ToString() => Name;
}
