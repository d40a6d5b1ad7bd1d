using System.Globalization;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>What an expression gives: nothing, a string, a number, a truth value, a list or a map of strings.</summary>
internal readonly record struct TemplateValue
{
    private readonly object? _reference;

    private TemplateValue(ValueKind kind, object? reference, long number)
    {
        Kind = kind;
        _reference = reference;
        Number = number;
    }

    public static TemplateValue None => default;

    public ValueKind Kind { get; }

    public long Number { get; }

    /// <summary>The string; empty for any other kind.</summary>
    public string Text => _reference as string ?? "";

    /// <summary>The list; empty for any other kind.</summary>
    public IReadOnlyList<string> Items => _reference as IReadOnlyList<string> ?? [];

    /// <summary>Whether <c>if</c> takes it for true: neither nothing, nor empty, nor zero (text/template, Actions).</summary>
    public bool IsTrue => Kind switch
    {
        ValueKind.String => Text.Length > 0,
        ValueKind.Number or ValueKind.Truth => Number != 0,
        ValueKind.List or ValueKind.Map => Length > 0,
        _ => false,
    };

    /// <summary>Elements, or octets of a string; -1 for what has no length.</summary>
    public int Length => Kind switch
    {
        ValueKind.String => System.Text.Encoding.UTF8.GetByteCount(Text),
        ValueKind.List => Items.Count,
        ValueKind.Map => ((IReadOnlyDictionary<string, string>)_reference!).Count,
        _ => -1,
    };

    public static TemplateValue Of(string? text) => text is null ? None : new(ValueKind.String, text, 0);

    public static TemplateValue Of(long number) => new(ValueKind.Number, null, number);

    public static TemplateValue Of(bool truth) => new(ValueKind.Truth, null, truth ? 1 : 0);

    public static TemplateValue Of(IReadOnlyList<string> items) => new(ValueKind.List, items, 0);

    public static TemplateValue Of(IReadOnlyDictionary<string, string> map) => new(ValueKind.Map, map, 0);

    /// <summary>What a map holds under a key; nothing where it has none, and for what is no map.</summary>
    public TemplateValue At(string key) =>
        _reference is IReadOnlyDictionary<string, string> map && map.TryGetValue(key, out var text) ? Of(text) : None;

    /// <summary>As Go prints it.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.String => Text,
        ValueKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        ValueKind.Truth => Number != 0 ? "true" : "false",
        ValueKind.List => $"[{string.Join(' ', Items)}]",
        ValueKind.Map => $"map[{string.Join(' ', ((IReadOnlyDictionary<string, string>)_reference!).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}:{pair.Value}"))}]",
        _ => "<no value>",
    };
}
