using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>What was wrong inside one object: the first thing in words, the others by number.</summary>
internal sealed class ObjectProblems
{
    private const int ShownCharacters = 64;

    private string? _first;
    private int _count;

    /// <summary>Null if nothing was wrong.</summary>
    public string? Text => _count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{_first} (and {_count - 1} more)") : _first;

    public void Clear()
    {
        _first = null;
        _count = 0;
    }

    public void Add(string problem)
    {
        _first ??= problem;
        _count++;
    }

    /// <summary>Adds a problem with the value under the reader, cut short and made printable: anybody may have written it.</summary>
    public void AddValue(string field, string expected, ref readonly Utf8JsonReader json)
    {
        _first ??= $"{field} is {Show(in json)}, not {expected}";
        _count++;
    }

    public static string Show(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder("\"");
        foreach (var character in text[..Math.Min(text.Length, ShownCharacters)])
        {
            shown.Append(character is >= ' ' and <= '~' ? character : '?');
        }

        return shown.Append(text.Length > ShownCharacters ? "...\"" : "\"").ToString();
    }

    private static string Show(ref readonly Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.EndObject:
                return "an object";
            case JsonTokenType.StartArray or JsonTokenType.EndArray:
                return "an array";
            case JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null:
                return json.TokenType.ToString().ToLowerInvariant();
            default:
                Span<byte> raw = stackalloc byte[ShownCharacters + 1];
                return Show(Encoding.Latin1.GetString(raw[..json.CopyRaw(raw)]));
        }
    }
}
