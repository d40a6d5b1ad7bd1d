using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>
/// Steps through one JSON object. Whoever reads a value is entered on the value's first token and leaves on its last.
/// </summary>
internal static class JsonWalk
{
    /// <summary>Steps to the next field's name; false at the object's end.</summary>
    public static bool NextField(ref this Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>True, and on the value, where the name under the reader is this one.</summary>
    public static bool IsField(ref this Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        if (!json.ValueTextEquals(name))
        {
            return false;
        }

        json.Read();
        return true;
    }

    /// <summary>From the field's name over its value.</summary>
    public static void SkipField(ref this Utf8JsonReader json)
    {
        json.Read();
        json.TrySkip();
    }

    /// <summary>Steps to the next item; false at the array's end.</summary>
    public static bool NextItem(ref this Utf8JsonReader json) => json.Read() && json.TokenType != JsonTokenType.EndArray;

    /// <summary>
    /// True where an object or array begins here. Null is no problem, since that is how the API server writes an empty
    /// list; anything else is one, and is stepped over.
    /// </summary>
    public static bool TryEnter(ref this Utf8JsonReader json, JsonTokenType start, string field, ObjectProblems problems)
    {
        if (json.TokenType == start)
        {
            return true;
        }

        if (json.TokenType != JsonTokenType.Null)
        {
            problems.AddValue(field, start == JsonTokenType.StartObject ? "an object" : "an array", in json);
        }

        json.TrySkip();
        return false;
    }

    /// <summary>
    /// Copies a string value into a buffer as long as the longest text that makes sense; null gives an empty text. False,
    /// with a problem, for any other value and for a longer text.
    /// </summary>
    public static bool TryCopyText(
        ref this Utf8JsonReader json, scoped Span<char> destination, string field, ObjectProblems problems, out int length)
    {
        length = 0;
        if (json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        if (json.TokenType == JsonTokenType.String && json.RawLength() <= destination.Length)
        {
            length = json.CopyString(destination);
            return true;
        }

        var expected = json.TokenType == JsonTokenType.String ? $"a text of up to {destination.Length} characters" : "a text";
        problems.AddValue(field, expected, in json);
        json.TrySkip();
        return false;
    }

    /// <summary>
    /// Copies a string value that becomes one label of a name, in lower case; null gives an empty text. False, with a
    /// problem, for what no label can hold.
    /// </summary>
    public static bool TryCopyLabel(
        ref this Utf8JsonReader json, scoped Span<char> destination, string field, ObjectProblems problems, out int length)
    {
        if (!json.TryCopyText(destination, field, problems, out length))
        {
            return false;
        }

        Ascii.ToLowerInPlace(destination[..length], out _);
        if (length == 0 || DnsLabel.IsValid(destination[..length]))
        {
            return true;
        }

        problems.AddValue(field, "a DNS label", in json);
        return false;
    }

    /// <summary>Copies the value's first bytes as they stand in the JSON, and gives their count.</summary>
    public static int CopyRaw(this in Utf8JsonReader json, scoped Span<byte> destination)
    {
        var length = (int)Math.Min(json.RawLength(), destination.Length);
        if (json.HasValueSequence)
        {
            json.ValueSequence.Slice(0, length).CopyTo(destination);
        }
        else
        {
            json.ValueSpan[..length].CopyTo(destination);
        }

        return length;
    }

    private static long RawLength(this in Utf8JsonReader json) =>
        json.HasValueSequence ? json.ValueSequence.Length : json.ValueSpan.Length;
}
