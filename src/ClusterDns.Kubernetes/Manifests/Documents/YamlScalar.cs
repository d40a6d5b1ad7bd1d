using System.Buffers;
using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>
/// What a scalar means by the core schema of YAML 1.2 (section 10.3.2): quoted text stays text, and <c>yes</c>, <c>on</c>
/// and <c>010</c> are no surprises of YAML 1.1.
/// </summary>
internal static class YamlScalar
{
    private const string StringTag = "tag:yaml.org,2002:str";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    public static void Write(Utf8JsonWriter json, Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain || IsTaggedAsText(scalar.Tag))
        {
            json.WriteStringValue(scalar.Value);
            return;
        }

        switch (scalar.Value)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                json.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                json.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                json.WriteBooleanValue(false);
                break;
            default:
                WriteNumberOrText(json, scalar.Value);
                break;
        }
    }

    private static bool IsTaggedAsText(TagName tag) => !tag.IsEmpty && tag.Value is ("!" or StringTag);

    // JSON has no .inf and no .nan, and nothing that is read here is one: they stay text.
    private static void WriteNumberOrText(Utf8JsonWriter json, string text)
    {
        if (TryReadInteger(text, out var integer))
        {
            json.WriteNumberValue(integer);
        }
        else if (IsDecimal(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }

    private static bool TryReadInteger(string text, out long integer)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out integer);
        }

        return text.StartsWith("0o", StringComparison.Ordinal)
            ? TryReadOctal(text.AsSpan(2), out integer)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out integer);
    }

    // 20 octal digits are the most that a long holds for certain.
    private static bool TryReadOctal(ReadOnlySpan<char> digits, out long integer)
    {
        integer = 0;
        foreach (var digit in digits)
        {
            integer = (integer * 8) + (digit - '0');
        }

        return digits.Length is > 0 and <= 20 && !digits.ContainsAnyExceptInRange('0', '7');
    }

    // [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        text = WithoutSign(text);
        var exponent = text.IndexOfAny('e', 'E');
        if (exponent >= 0)
        {
            var power = WithoutSign(text[(exponent + 1)..]);
            if (power.IsEmpty || power.ContainsAnyExcept(Digits))
            {
                return false;
            }

            text = text[..exponent];
        }

        var dot = text.IndexOf('.');
        var whole = dot < 0 ? text : text[..dot];
        var fraction = dot < 0 ? [] : text[(dot + 1)..];
        return !whole.ContainsAnyExcept(Digits) && !fraction.ContainsAnyExcept(Digits) && (whole.Length > 0 || fraction.Length > 0);
    }

    private static ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text) =>
        !text.IsEmpty && text[0] is '-' or '+' ? text[1..] : text;
}
