using System.Globalization;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>The functions that templates may call, as text/template and CoreDNS define them.</summary>
internal static class TemplateFunctions
{
    private delegate TemplateValue Function(TemplateScope scope, TemplateValue[] arguments);

    /// <summary>Binds a call; the number of arguments is checked here, what they are when it runs.</summary>
    /// <exception cref="GoTemplateException">There is no such function, or it takes another number of arguments.</exception>
    public static TemplateExpression Bind(string name, TemplateExpression[] arguments) => name switch
    {
        "and" => Bind(name, arguments, 1, int.MaxValue, _ => ShortCircuit(arguments, endsAt: false)),
        "or" => Bind(name, arguments, 1, int.MaxValue, _ => ShortCircuit(arguments, endsAt: true)),
        "not" => Bind(name, arguments, 1, 1, Not),
        "eq" => Bind(name, arguments, 2, int.MaxValue, EqualsAny),
        "ne" => Bind(name, arguments, 2, 2, (scope, values) => Compare(scope, values, order => order != 0)),
        "lt" => Bind(name, arguments, 2, 2, (scope, values) => Compare(scope, values, order => order < 0)),
        "le" => Bind(name, arguments, 2, 2, (scope, values) => Compare(scope, values, order => order <= 0)),
        "gt" => Bind(name, arguments, 2, 2, (scope, values) => Compare(scope, values, order => order > 0)),
        "ge" => Bind(name, arguments, 2, 2, (scope, values) => Compare(scope, values, order => order >= 0)),
        "len" => Bind(name, arguments, 1, 1, Length),
        "index" => Bind(name, arguments, 2, 2, Index),
        "parseInt" => Bind(name, arguments, 3, 3, ParseInt),
        TemplateFields.Meta => Bind(name, arguments, 1, 1, Meta),
        _ => throw new GoTemplateException($"function \"{name}\" is not supported"),
    };

    private static TemplateExpression Bind(string name, TemplateExpression[] arguments, int fewest, int most, Function call)
    {
        CheckCount(name, arguments, fewest, most);
        return scope => call(scope, Array.ConvertAll(arguments, argument => argument(scope)));
    }

    private static TemplateExpression Bind(
        string name, TemplateExpression[] arguments, int fewest, int most, Func<TemplateExpression[], TemplateExpression> make)
    {
        CheckCount(name, arguments, fewest, most);
        return make(arguments);
    }

    private static void CheckCount(string name, TemplateExpression[] arguments, int fewest, int most)
    {
        if (arguments.Length < fewest || arguments.Length > most)
        {
            throw new GoTemplateException($"wrong number of arguments for {name}: {arguments.Length}");
        }
    }

    // Gives the argument that decides, and looks at none behind it.
    private static TemplateExpression ShortCircuit(TemplateExpression[] arguments, bool endsAt) => scope =>
    {
        var value = TemplateValue.None;
        foreach (var argument in arguments)
        {
            value = argument(scope);
            if (value.IsTrue == endsAt)
            {
                break;
            }
        }

        return value;
    };

    private static TemplateValue Not(TemplateScope scope, TemplateValue[] values) => TemplateValue.Of(!values[0].IsTrue);

    private static TemplateValue EqualsAny(TemplateScope scope, TemplateValue[] values)
    {
        foreach (var other in values.AsSpan(1))
        {
            if (Compare(scope, [values[0], other], order => order == 0).IsTrue)
            {
                return TemplateValue.Of(true);
            }
        }

        return TemplateValue.Of(false);
    }

    private static TemplateValue Compare(TemplateScope scope, TemplateValue[] values, Predicate<int> holds)
    {
        var (left, right) = (values[0], values[1]);
        if (left.Kind != right.Kind)
        {
            return scope.Fail("incompatible types for comparison");
        }

        return left.Kind switch
        {
            ValueKind.String => TemplateValue.Of(holds(string.CompareOrdinal(left.Text, right.Text))),
            ValueKind.Number or ValueKind.Truth => TemplateValue.Of(holds(left.Number.CompareTo(right.Number))),
            _ => scope.Fail("invalid type for comparison"),
        };
    }

    private static TemplateValue Length(TemplateScope scope, TemplateValue[] values) =>
        values[0].Length is var length and >= 0 ? TemplateValue.Of(length) : scope.Fail("len of something without length");

    private static TemplateValue Index(TemplateScope scope, TemplateValue[] values)
    {
        var (collection, key) = (values[0], values[1]);
        if (collection.Kind == ValueKind.Map && key.Kind == ValueKind.String)
        {
            // Go gives a map's zero value here, where a field that is missing is no value.
            return TemplateValue.Of(collection.At(key.Text).Text);
        }

        if (collection.Kind != ValueKind.List || key.Kind != ValueKind.Number)
        {
            return scope.Fail("cannot index this with that");
        }

        return key.Number >= 0 && key.Number < collection.Items.Count
            ? TemplateValue.Of(collection.Items[(int)key.Number])
            : scope.Fail($"index out of range: {key.Number}");
    }

    /// <summary><c>parseInt TEXT BASE BITS</c>: strconv.ParseUint, for bases 2 to 36.</summary>
    private static TemplateValue ParseInt(TemplateScope scope, TemplateValue[] values)
    {
        var (text, numberBase, bits) = (values[0].Text, values[1].Number, values[2].Number);
        if (numberBase is < 2 or > 36 || bits is < 0 or > 64)
        {
            return scope.Fail($"parseInt with base {numberBase} and {bits} bits is not supported");
        }

        var most = bits is 0 or >= 63 ? long.MaxValue : (1L << (int)bits) - 1;
        UInt128 number = 0;
        foreach (var character in text)
        {
            var digit = DigitOf(character);
            number = (number * (uint)numberBase) + (uint)digit;
            if (digit >= numberBase || number > (UInt128)most)
            {
                return scope.Fail(string.Create(CultureInfo.InvariantCulture, $"parseInt cannot read \"{text}\" in base {numberBase} and {bits} bits"));
            }
        }

        return text.Length > 0 ? TemplateValue.Of((long)number) : scope.Fail("parseInt of an empty text");
    }

    private static int DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'z' => character - 'a' + 10,
        >= 'A' and <= 'Z' => character - 'A' + 10,
        _ => int.MaxValue,
    };

    private static TemplateValue Meta(TemplateScope scope, TemplateValue[] values) =>
        TemplateValue.Of(scope.Data.Meta(values[0].Text));
}
