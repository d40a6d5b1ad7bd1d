using System.Globalization;

namespace ClusterDns.Plugins.Template.GoTemplates;

/// <summary>Tokens -> actions: the outer half of the grammar, with text, <c>if</c>, <c>range</c> and variables.</summary>
internal sealed class TemplateParser
{
    /// <summary>Actions and parentheses within each other.</summary>
    private const int MaxDepth = 32;

    private readonly IReadOnlyList<Token> _tokens;
    private readonly List<string> _variables = [];
    private readonly PipelineParser _pipelines;
    private int _position;
    private int _slots;
    private int _depth;
    private int _rangeDepth;

    private TemplateParser(IReadOnlyList<Token> tokens)
    {
        _tokens = tokens;
        _pipelines = new PipelineParser(this);
    }

    public Token Next => _tokens[_position];

    /// <summary>Whether the dot is an element of a list here.</summary>
    public bool IsInRange => _rangeDepth > 0;

    public static GoTemplate Parse(string source)
    {
        var parser = new TemplateParser(TemplateLexer.Cut(source));
        var body = parser.ParseBody(out var end);
        return end.Kind == TokenKind.End
            ? new GoTemplate(source, body, parser._slots, parser._tokens.All(token => token.Kind is TokenKind.Text or TokenKind.End))
            : throw new GoTemplateException($"unexpected {{{{{end.Text}}}}}");
    }

    public Token Read() => _tokens[_position++];

    public bool TryRead(TokenKind kind, string text)
    {
        if (Next.Kind != kind || Next.Text != text)
        {
            return false;
        }

        _position++;
        return true;
    }

    public void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw new GoTemplateException($"more than {MaxDepth} actions within each other");
        }
    }

    public void Leave() => _depth--;

    /// <summary>The place of a variable; the last one declared of that name.</summary>
    public int SlotOf(string variable)
    {
        var slot = _variables.LastIndexOf(variable);
        return slot >= 0 ? slot : throw new GoTemplateException($"undefined variable \"{variable}\"");
    }

    // Up to the action that ends it: end, else, or the end of the template. Variables go with the block.
    private TemplateAction ParseBody(out Token end)
    {
        Enter();
        var declaredBefore = _variables.Count;
        var actions = new List<TemplateAction>();
        while (true)
        {
            var token = Read();
            if (token.Kind == TokenKind.Text)
            {
                var text = token.Text;
                actions.Add(scope => scope.Write(text));
                continue;
            }

            if (token.Kind == TokenKind.End || (token.Kind == TokenKind.Open && Next is { Kind: TokenKind.Word, Text: "end" or "else" }))
            {
                end = token.Kind == TokenKind.End ? token : Read();
                break;
            }

            actions.Add(ParseAction());
        }

        _variables.RemoveRange(declaredBefore, _variables.Count - declaredBefore);
        Leave();
        TemplateAction[] body = [.. actions];
        return scope =>
        {
            foreach (var action in body)
            {
                if (scope.TryStep())
                {
                    action(scope);
                }
            }
        };
    }

    private TemplateAction ParseAction()
    {
        if (TryRead(TokenKind.Word, "if"))
        {
            return ParseIf();
        }

        if (TryRead(TokenKind.Word, "range"))
        {
            return ParseRange();
        }

        if (Next is { Kind: TokenKind.Variable } && _tokens[_position + 1] is { Kind: TokenKind.Mark, Text: ":=" or "=" })
        {
            return ParseAssignment();
        }

        if (Next is { Kind: TokenKind.Word, Text: "with" or "define" or "template" or "block" or "break" or "continue" })
        {
            throw new GoTemplateException($"{{{{{Next.Text}}}}} is not supported");
        }

        var value = _pipelines.Parse();
        ExpectClose();
        return scope =>
        {
            var result = value(scope);
            scope.Write(result.ToString());
        };
    }

    private TemplateAction ParseAssignment()
    {
        var name = Read().Text;
        var isDeclaration = Read().Text == ":=";
        var value = _pipelines.Parse();
        ExpectClose();
        var slot = isDeclaration ? Declare(name) : SlotOf(name);
        return scope => scope.Variable(slot) = value(scope);
    }

    private int Declare(string name)
    {
        _variables.Add(name);
        _slots = Math.Max(_slots, _variables.Count);
        return _variables.Count - 1;
    }

    private TemplateAction ParseIf()
    {
        // An else-if is one within the other, too.
        Enter();
        var condition = _pipelines.Parse();
        ExpectClose();
        var then = ParseBody(out var end);
        var otherwise = ParseElse(end);
        Leave();
        return scope => (condition(scope).IsTrue ? then : otherwise)(scope);
    }

    // Behind a body: its else part, if it has one, and the end.
    private TemplateAction ParseElse(Token end)
    {
        if (end is { Kind: TokenKind.Word, Text: "else" })
        {
            if (TryRead(TokenKind.Word, "if"))
            {
                return ParseIf();
            }

            ExpectClose();
            var otherwise = ParseBody(out end);
            return end.Text == "end" ? ExpectClose(otherwise) : throw new GoTemplateException("expected end; found {{else}}");
        }

        return end.Kind == TokenKind.End
            ? throw new GoTemplateException("unexpected EOF")
            : ExpectClose(static _ => { });
    }

    private TemplateAction ParseRange()
    {
        var declaredBefore = _variables.Count;
        var (index, element) = ParseRangeVariables();
        var list = _pipelines.Parse();
        ExpectClose();
        _rangeDepth++;
        var body = ParseBody(out var end);
        _rangeDepth--;
        _variables.RemoveRange(declaredBefore, _variables.Count - declaredBefore);
        var otherwise = ParseElse(end);
        return scope => RunRange(scope, list(scope), index, element, body, otherwise);
    }

    private (int? Index, int? Element) ParseRangeVariables()
    {
        if (Next.Kind != TokenKind.Variable || _tokens[_position + 1] is not { Kind: TokenKind.Mark, Text: ":=" or "," })
        {
            return (null, null);
        }

        var first = Declare(Read().Text);
        if (!TryRead(TokenKind.Mark, ","))
        {
            Read();
            return (null, first);
        }

        var second = Next.Kind == TokenKind.Variable ? Declare(Read().Text) : throw Unexpected();
        return TryRead(TokenKind.Mark, ":=") ? (first, second) : throw Unexpected();
    }

    private static void RunRange(
        TemplateScope scope, TemplateValue list, int? index, int? element, TemplateAction body, TemplateAction otherwise)
    {
        if (list.Kind != ValueKind.List)
        {
            scope.Fail("range can't iterate over this");
            return;
        }

        if (list.Items.Count == 0)
        {
            otherwise(scope);
        }

        var dot = scope.Dot;
        foreach (var (number, item) in list.Items.Index())
        {
            if (!scope.TryStep())
            {
                break;
            }

            scope.Dot = TemplateValue.Of(item);
            if (index is { } indexSlot)
            {
                scope.Variable(indexSlot) = TemplateValue.Of(number);
            }

            if (element is { } elementSlot)
            {
                scope.Variable(elementSlot) = scope.Dot;
            }

            body(scope);
        }

        scope.Dot = dot;
    }

    private TemplateAction ExpectClose(TemplateAction action)
    {
        ExpectClose();
        return action;
    }

    private void ExpectClose()
    {
        if (Read().Kind != TokenKind.Close)
        {
            _position--;
            throw Unexpected();
        }
    }

    /// <summary>For a token that has no business where it stands.</summary>
    public GoTemplateException Unexpected() => new(Next.Kind == TokenKind.End
        ? "unexpected EOF"
        : string.Create(CultureInfo.InvariantCulture, $"unexpected \"{Next.Text}\" at character {Next.Position}"));
}
