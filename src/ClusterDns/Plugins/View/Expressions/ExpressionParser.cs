using ClusterDns.Corefile;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>
/// Reads an expression and checks its types on the way, with the operators and their order of expr
/// (https://expr-lang.org, "Language Definition"). What that language has and this one has not is an error, never
/// something else.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Parentheses, calls, lists and signs within each other.</summary>
    public const int MaxDepth = 64;

    /// <summary>Values and operators of one expression: it is evaluated for every query, within one call of a few microseconds.</summary>
    public const int MaxTerms = 1000;

    private readonly ExpressionSource _source;
    private readonly List<ExpressionToken> _tokens;
    private int _index;
    private int _depth;
    private int _terms;
    private ValueKind? _element;

    private ExpressionParser(ExpressionSource source)
    {
        _source = source;
        _tokens = new ExpressionLexer(source).ReadAll();
    }

    private ExpressionToken Next => _tokens[_index];

    /// <exception cref="CorefileException">The first mistake, at its word.</exception>
    public static Term Parse(ExpressionSource source)
    {
        var parser = new ExpressionParser(source);
        var term = parser.ReadExpression(0);
        return parser.Next.Kind == TokenKind.End ? term : throw parser.Unexpected();
    }

    private Term ReadExpression(int precedence)
    {
        if (++_depth > MaxDepth)
        {
            throw Error(Next, $"more than {MaxDepth} parentheses within each other");
        }

        var left = ReadPrimary();
        var wasComparison = false;
        while (Next.Kind == TokenKind.Sign)
        {
            var isNegated = Next.Is("not");
            var sign = isNegated ? _tokens[_index + 1] : Next;
            if (isNegated && !(sign.Kind == TokenKind.Sign && Operators.MayFollowNot(sign.Text)))
            {
                throw Error(sign, $"unexpected {sign.Shown} behind 'not'");
            }

            if (Operators.PrecedenceOf(sign.Text) is not { } found || found < precedence)
            {
                break;
            }

            var isComparison = found == Operators.Comparison;
            if (isComparison && wasComparison)
            {
                throw Error(sign, $"one comparison behind another is not supported, put parentheses around the one in front of {sign.Shown}");
            }

            wasComparison = isComparison;
            _index += isNegated ? 2 : 1;
            var right = ReadExpression(Operators.IsRightAssociative(sign.Text) ? found : found + 1);
            var term = Operators.Combine(new Operands(sign, Counted(left), right, _source));
            left = isNegated ? Operators.Not(term) : term;
        }

        left = precedence == 0 && Next.Is("?") ? ReadChoice(left) : left;
        _depth--;
        return left;
    }

    private Term ReadChoice(Term condition)
    {
        var mark = Take("?");
        if (condition.Kind != ValueKind.Boolean)
        {
            throw Error(mark, $"the condition in front of '?' is of type {condition.Kind}, not bool");
        }

        var yes = ReadExpression(0);
        Take(":");
        var no = ReadExpression(0);
        return yes.Kind == no.Kind
            ? Counted(new Term(yes.Kind, (ref Evaluation evaluation) =>
                condition.Evaluate(ref evaluation).Truth ? yes.Evaluate(ref evaluation) : no.Evaluate(ref evaluation)))
            : throw Error(mark, $"the two sides of '?:' are of two types, {yes.Kind} and {no.Kind}");
    }

    private Term ReadPrimary()
    {
        var token = Next;
        if (token.Kind == TokenKind.Sign && Operators.UnaryPrecedenceOf(token.Text) is { } precedence)
        {
            _index++;
            return ReadIndexes(Operators.Apply(token, Counted(ReadExpression(precedence)), _source));
        }

        return ReadIndexes(Counted(ReadValue(token)));
    }

    private Term ReadValue(ExpressionToken token)
    {
        _index += token.Kind == TokenKind.End ? 0 : 1;
        switch (token.Kind)
        {
            case TokenKind.Text:
                return Term.Of(ValueKind.Text, Value.Of(token.Text));
            case TokenKind.Whole:
                return Term.Of(ValueKind.Whole, token.Number);
            case TokenKind.Real:
                return Term.Of(ValueKind.Real, token.Number);
            case TokenKind.Name:
                return ReadName(token);
            case TokenKind.Sign when token.Text == "(":
                var inner = ReadExpression(0);
                Take(")");
                return inner;
            case TokenKind.Sign when token.Text == "[":
                return ReadList(token);
            case TokenKind.Sign when token.Text == "#":
                return new Term(
                    _element ?? throw Error(token, "'#' stands outside of a predicate"),
                    static (ref Evaluation evaluation) => evaluation.Element);
            default:
                _index = token.Kind == TokenKind.End ? _index : _index - 1;
                throw Unexpected();
        }
    }

    private Term ReadName(ExpressionToken name)
    {
        if (name.Text is "true" or "false")
        {
            return Term.Of(ValueKind.Boolean, Value.Of(name.Text == "true"));
        }

        if (!Next.Is("("))
        {
            throw Functions.IsKnown(name.Text) || Predicates.IsKnown(name.Text)
                ? Error(name, $"'{name.Text}' is a function: write {name.Text}(...)")
                : _source.Error(name.Position, $"unknown name '{name.Text}'", "; texts stand between single quotes");
        }

        Take("(");
        return Predicates.IsKnown(name.Text) ? ReadPredicate(name) : Functions.Call(name, ReadTo(")"), _source);
    }

    private Term ReadPredicate(ExpressionToken name)
    {
        if (_element is not null)
        {
            throw Error(name, $"'{name.Text}' within a predicate is not supported");
        }

        var list = ReadExpression(0);
        if (!list.Kind.IsList)
        {
            throw Error(name, $"'{name.Text}' takes a list, not {list.Kind}");
        }

        Take(",");
        var hasBraces = Next.Is("{");
        _index += hasBraces ? 1 : 0;
        _element = list.Kind.Element ?? ValueKind.Text;
        var predicate = ReadExpression(0);
        _element = null;
        if (hasBraces)
        {
            Take("}");
        }

        _index += Next.Is(",") ? 1 : 0;
        Take(")");
        return predicate.Kind == ValueKind.Boolean
            ? Predicates.Call(name.Text, list, predicate)
            : throw Error(name, $"the predicate of '{name.Text}' is of type {predicate.Kind}, not bool");
    }

    private Term ReadList(ExpressionToken bracket)
    {
        var items = ReadTo("]");
        if (items.Count == 0)
        {
            return Term.Of(ValueKind.EmptyList, Value.Of([]));
        }

        var kind = items[0].Kind;
        if (kind.IsList || items.Any(item => item.Kind != kind))
        {
            throw Error(bracket, "a list has elements of one type, and no lists: others are not supported");
        }

        return Lists.Of(kind, items);
    }

    private List<Term> ReadTo(string close)
    {
        var terms = new List<Term>();
        while (!Next.Is(close))
        {
            if (terms.Count > 0)
            {
                Take(",");
                if (Next.Is(close))
                {
                    break;
                }
            }

            terms.Add(ReadExpression(0));
        }

        Take(close);
        return terms;
    }

    private Term ReadIndexes(Term term)
    {
        while (Next.Is("[") || Next.Is(".") || Next.Is("?."))
        {
            var bracket = Next;
            if (!bracket.Is("["))
            {
                throw Error(bracket, "fields and methods are not supported");
            }

            _index++;
            var index = Next.Is(":") ? null : ReadExpression(0);
            if (index is null || Next.Is(":"))
            {
                throw Error(bracket, "slices are not supported");
            }

            Take("]");
            term = term.Kind.Element is { } element && index.Kind == ValueKind.Whole
                ? Counted(Lists.At(element, term, index))
                : throw Error(bracket, $"cannot choose from {term.Kind} by {index.Kind}");
        }

        return term;
    }

    private Term Counted(Term term) => ++_terms <= MaxTerms
        ? term
        : throw Error(Next, $"more than {MaxTerms} values and operators in one expression");

    private ExpressionToken Take(string sign)
    {
        if (!Next.Is(sign))
        {
            throw Error(Next, $"unexpected {Next.Shown}, expecting '{sign}'");
        }

        return _tokens[_index++];
    }

    private CorefileException Unexpected() => Next.Kind == TokenKind.Sign && Operators.IsOfLanguage(Next.Text)
        ? Error(Next, $"'{Next.Text}' of the expression language is not supported here")
        : Error(Next, $"unexpected {Next.Shown}");

    private CorefileException Error(ExpressionToken token, string message) => _source.Error(token.Position, message);
}
