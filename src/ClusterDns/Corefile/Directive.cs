namespace ClusterDns.Corefile;

/// <summary>
/// One line of a server block: a name, its arguments, and the properties between braces, which have the same form. What
/// a plugin's <c>*Directive</c> reads.
/// </summary>
internal sealed record Directive(
    CorefileToken NameToken,
    IReadOnlyList<CorefileToken> Arguments,
    IReadOnlyList<Directive> Properties,
    bool HasBlock)
{
    public string Name => NameToken.Text;

    /// <summary>The line and its properties word by word, each with its length so that no two lines give the same.</summary>
    public string Words =>
        string.Concat(Arguments.Prepend(NameToken).Select(word => $"{word.Text.Length}:{word.Text} "))
        + "{" + string.Concat(Properties.Select(property => property.Words)) + "}";

    /// <summary><c>FILE:LINE - Error during parsing: MESSAGE</c>, at the name's line.</summary>
    public CorefileException Error(string message) => CorefileException.At(NameToken, message);

    /// <summary>The error for too few or too many arguments.</summary>
    public CorefileException ArgumentError()
    {
        var last = Arguments.Count > 0 ? Arguments[^1] : NameToken;
        return CorefileException.At(last, $"Wrong argument count or unexpected line ending after '{last.Text}'");
    }

    public CorefileException UnknownProperty() => Error($"unknown property '{Name}'");

    /// <summary>Which argument stands at a place; -1 if none does.</summary>
    public int IndexOf(CorefileToken? place)
    {
        for (var i = 0; place is not null && i < Arguments.Count; i++)
        {
            if (Arguments[i].IsAt(place))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Fails unless there are between <paramref name="fewest"/> and <paramref name="most"/> arguments.</summary>
    public void ExpectArguments(int fewest, int most = int.MaxValue)
    {
        if (Arguments.Count < fewest || Arguments.Count > most)
        {
            throw ArgumentError();
        }
    }

    /// <summary>Fails if braces follow: for directives and properties that have none.</summary>
    public void ExpectNoBlock()
    {
        if (HasBlock)
        {
            throw Error("Unexpected token '{', expecting argument");
        }
    }

    /// <summary>The only argument.</summary>
    public string SingleArgument()
    {
        ExpectArguments(1, 1);
        return Arguments[0].Text;
    }
}
