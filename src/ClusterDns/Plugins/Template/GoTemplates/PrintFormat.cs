using System.Globalization;
using System.Text;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>The format of a <c>printf</c>: text and the verbs <c>%s %d %x %X %v %%</c>, with a width and <c>0</c> or <c>-</c>.</summary>
internal sealed class PrintFormat
{
    /// <summary>Widest field, in characters.</summary>
    private const int MaxWidth = 255;

    private readonly List<Part> _parts = [];

    private PrintFormat()
    {
    }

    /// <summary>Arguments that it takes.</summary>
    public int Verbs => _parts.Count(part => part.Verb != '\0');

    /// <exception cref="GoTemplateException">There is a verb or flag that is not supported.</exception>
    public static PrintFormat Parse(string format)
    {
        var parsed = new PrintFormat();
        for (var rest = format.AsSpan(); !rest.IsEmpty;)
        {
            var percent = rest.IndexOf('%');
            var text = percent < 0 ? rest : rest[..percent];
            if (!text.IsEmpty)
            {
                parsed._parts.Add(new Part(text.ToString(), '\0', '\0', 0));
            }

            rest = percent < 0 ? [] : parsed.ParseVerb(rest[(percent + 1)..]);
        }

        return parsed;
    }

    public string Print(TemplateScope scope, TemplateValue[] arguments)
    {
        var output = new StringBuilder();
        var next = 0;
        foreach (var part in _parts)
        {
            output.Append(part.Verb == '\0' ? part.Text : Pad(part, Format(scope, part.Verb, arguments[next++])));
        }

        return output.ToString();
    }

    private ReadOnlySpan<char> ParseVerb(ReadOnlySpan<char> rest)
    {
        var whole = rest;
        var flag = rest.IsEmpty || rest[0] is not ('0' or '-') ? '\0' : rest[0];
        rest = flag == '\0' ? rest : rest[1..];
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? rest.Length : digits;
        var width = 0;
        if (digits > 0 && (!int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width > MaxWidth))
        {
            throw new GoTemplateException($"printf has a field wider than {MaxWidth} characters");
        }

        rest = rest[digits..];
        if (rest.IsEmpty || rest[0] is not ('s' or 'd' or 'x' or 'X' or 'v' or '%'))
        {
            throw new GoTemplateException($"printf verb \"%{whole[..Math.Min(whole.Length, whole.Length - rest.Length + 1)]}\" is not supported");
        }

        _parts.Add(rest[0] == '%' ? new Part("%", '\0', '\0', 0) : new Part("", rest[0], flag, width));
        return rest[1..];
    }

    private static string Format(TemplateScope scope, char verb, TemplateValue value)
    {
        var isNumber = value.Kind == ValueKind.Number;
        if (verb == 'v' || (verb == 'd' && isNumber) || (verb == 's' && value.Kind == ValueKind.String))
        {
            return value.ToString();
        }

        var isUpper = verb == 'X';
        if (verb is 'x' or 'X' && isNumber && value.Number >= 0)
        {
            return value.Number.ToString(isUpper ? "X" : "x", CultureInfo.InvariantCulture);
        }

        if (verb is 'x' or 'X' && value.Kind == ValueKind.String)
        {
            var octets = Encoding.UTF8.GetBytes(value.Text);
            return isUpper ? Convert.ToHexString(octets) : Convert.ToHexStringLower(octets);
        }

        scope.Fail($"printf %{verb} cannot print {value.Kind switch { ValueKind.String => "a string", ValueKind.Number => "a number", _ => "this" }}");
        return "";
    }

    private static string Pad(Part part, string text) => part.Flag switch
    {
        '-' => text.PadRight(part.Width),
        '0' => text.PadLeft(part.Width, '0'),
        _ => text.PadLeft(part.Width),
    };

    private readonly record struct Part(string Text, char Verb, char Flag, int Width);
}
