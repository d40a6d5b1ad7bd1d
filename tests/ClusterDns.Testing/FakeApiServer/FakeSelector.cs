namespace ClusterDns.Testing;

/// <summary>
/// Label and field selectors, as far as ClusterDns and its users' Corefiles need them: <c>a=b</c>, <c>a==b</c>,
/// <c>a!=b</c>, <c>a</c>, <c>!a</c>, joined by commas.
/// </summary>
internal sealed class FakeSelector(string? labels, string? fields)
{
    public bool Matches(FakeObject candidate) =>
        Terms(labels).All(term => MatchesLabel(candidate, term))
        && Terms(fields).All(term => MatchesField(candidate, term));

    private static string[] Terms(string? selector) =>
        (selector ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool MatchesLabel(FakeObject candidate, string term)
    {
        var (name, isEqual, value) = Split(term);
        return value is not null ? candidate.Label(name) == value == isEqual
            : term[0] == '!' ? candidate.Label(term[1..]) is null
            : candidate.Label(term) is not null;
    }

    private static bool MatchesField(FakeObject candidate, string term)
    {
        var (name, isEqual, value) = Split(term);
        return candidate.Field(name) == value == isEqual;
    }

    private static (string Name, bool IsEqual, string? Value) Split(string term)
    {
        var sign = term.IndexOf('=');
        if (sign < 0)
        {
            return (term, true, null);
        }

        var isEqual = sign == 0 || term[sign - 1] != '!';
        return (term[..(isEqual ? sign : sign - 1)], isEqual, term[(sign + 1)..].TrimStart('='));
    }
}
