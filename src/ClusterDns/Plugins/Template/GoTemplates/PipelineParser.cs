using System.Globalization;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>The inner half of the grammar: <c>printf "%02x" (parseInt .Group.a 10 8) | eq "0a"</c>.</summary>
internal sealed class PipelineParser(TemplateParser parser)
{
    private static readonly TemplateExpression Dot = scope => scope.Dot;

    /// <summary>Commands between bars; what one gives is the last argument of the next.</summary>
    public TemplateExpression Parse()
    {
        parser.Enter();
        var value = ParseCommand(piped: null);
        while (parser.TryRead(TokenKind.Mark, "|"))
        {
            value = ParseCommand(value);
        }

        parser.Leave();
        return value;
    }

    private TemplateExpression ParseCommand(TemplateExpression? piped)
    {
        if (parser.Next.Kind == TokenKind.Word && parser.Next.Text is not ("true" or "false" or "nil"))
        {
            var name = parser.Read().Text;
            return name == "printf" ? ParsePrintf(piped) : Call(name, ParseArguments(piped));
        }

        if (parser.Next is { Kind: TokenKind.Field, Text: TemplateFields.Meta })
        {
            parser.Read();
            return Call(TemplateFields.Meta, ParseArguments(piped));
        }

        var operand = ParseOperand();
        return piped is null && IsAtEnd() ? operand
            : piped is not null ? throw new GoTemplateException("something that is no function stands behind a |")
            : throw parser.Unexpected();
    }

    private static TemplateExpression Call(string name, List<TemplateExpression> arguments)
    {
        var call = TemplateFunctions.Bind(name, [.. arguments]);
        return scope => scope.TryStep() ? call(scope) : TemplateValue.None;
    }

    // The format has to be written out: so every verb is known to be right before the first query.
    private TemplateExpression ParsePrintf(TemplateExpression? piped)
    {
        if (parser.Next.Kind != TokenKind.String)
        {
            throw new GoTemplateException("printf without a format that is written out is not supported");
        }

        var format = PrintFormat.Parse(parser.Read().Text);
        TemplateExpression[] arguments = [.. ParseArguments(piped)];
        return arguments.Length == format.Verbs
            ? scope => scope.TryStep()
                ? TemplateValue.Of(format.Print(scope, Array.ConvertAll(arguments, argument => argument(scope))))
                : TemplateValue.None
            : throw new GoTemplateException($"printf has {format.Verbs} verbs and {arguments.Length} arguments");
    }

    private List<TemplateExpression> ParseArguments(TemplateExpression? piped)
    {
        var arguments = new List<TemplateExpression>();
        while (!IsAtEnd())
        {
            arguments.Add(ParseOperand());
        }

        if (piped is not null)
        {
            arguments.Add(piped);
        }

        return arguments;
    }

    private bool IsAtEnd() =>
        parser.Next is { Kind: TokenKind.Close or TokenKind.End } or { Kind: TokenKind.Mark, Text: "|" or ")" };

    private TemplateExpression ParseOperand()
    {
        var token = parser.Read();
        switch (token.Kind)
        {
            case TokenKind.Field:
                return ParseFields(token);
            case TokenKind.Variable:
                return ParseVariable(token);
            case TokenKind.String:
                return Constant(TemplateValue.Of(token.Text));
            case TokenKind.Number:
                return Constant(TemplateValue.Of(ReadNumber(token.Text)));
            case TokenKind.Word:
                return token.Text switch
                {
                    "true" or "false" => Constant(TemplateValue.Of(token.Text == "true")),
                    "nil" => throw new GoTemplateException("nil is not supported"),

                    // A function without arguments; all that are known need some.
                    _ => Call(token.Text, []),
                };
            case TokenKind.Mark when token.Text == "(":
                var inner = Parse();
                return parser.TryRead(TokenKind.Mark, ")") ? inner : throw parser.Unexpected();
            default:
                throw new GoTemplateException($"unexpected \"{token.Text}\" in operand");
        }
    }

    private static TemplateExpression Constant(TemplateValue value) => _ => value;

    private TemplateExpression ParseFields(Token first)
    {
        if (first.Text.Length == 0)
        {
            return parser.IsInRange ? Dot : throw new GoTemplateException("the dot alone is not supported outside range");
        }

        if (first.Text == TemplateFields.Meta)
        {
            throw new GoTemplateException(".Meta needs its label behind it, in parentheses where it is an argument");
        }

        return parser.IsInRange
            ? throw new GoTemplateException($"inside range the dot is the element: write $.{first.Text}")
            : TemplateFields.Of([first.Text, .. ReadChain()]);
    }

    private TemplateExpression ParseVariable(Token variable)
    {
        var chain = ReadChain();
        if (variable.Text == "$")
        {
            return chain.Count > 0 ? TemplateFields.Of(chain) : throw new GoTemplateException("$ alone is not supported");
        }

        if (chain.Count > 1)
        {
            throw new GoTemplateException($"{variable.Text}.{string.Join('.', chain)} is not supported");
        }

        // Only a map has fields.
        var slot = parser.SlotOf(variable.Text);
        var key = chain.FirstOrDefault();
        return key is null ? scope => scope.Variable(slot) : scope => scope.Variable(slot).At(key);
    }

    // Fields of fields stand without a blank.
    private List<string> ReadChain()
    {
        var chain = new List<string>();
        while (parser.Next is { Kind: TokenKind.Field, IsGlued: true })
        {
            chain.Add(parser.Read().Text);
        }

        return chain;
    }

    private static long ReadNumber(string text)
    {
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return isHex && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
            : throw new GoTemplateException($"number {text} is not supported");
    }
}
