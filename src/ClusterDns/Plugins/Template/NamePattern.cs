using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.Template;

/// <summary>
/// A regular expression and the names of its groups. Go numbers all groups from left to right; here those with a name
/// would come behind the others, so names are kept apart from the expression.
/// </summary>
internal sealed class NamePattern
{
    private readonly Regex _expression;

    private NamePattern(string text, Regex expression, IReadOnlyList<string> groupNames)
    {
        Text = text;
        _expression = expression;
        GroupNames = groupNames;
    }

    public string Text { get; }

    /// <summary>The whole match first, then each group: its name, or nothing.</summary>
    public IReadOnlyList<string> GroupNames { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out NamePattern? pattern, [NotNullWhen(false)] out string? mistake)
    {
        pattern = null;
        var names = new List<string> { "" };
        if (text.Length > GoPattern.MaxLength || !TryTakeNames(text, names, out var nameless))
        {
            nameless = text;
        }

        if (!GoPattern.TryCompile(nameless, out var expression, out mistake))
        {
            return false;
        }

        pattern = new NamePattern(text, expression, names);
        return true;
    }

    /// <summary>The match and its groups; a group that took no part is empty. Null when the name does not match.</summary>
    public IReadOnlyList<string>? Match(string name)
    {
        var match = _expression.Match(name);
        return match.Success ? [.. match.Groups.Values.Select(group => group.Value)] : null;
    }

    // False for a name that is not closed: what is wrong there is for the compiler to say.
    private static bool TryTakeNames(string text, List<string> names, out string nameless)
    {
        var result = new StringBuilder();
        nameless = "";
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (text[i] == '\\')
            {
                i = Math.Min(i + 2, text.Length);
            }
            else if (text[i] == '[')
            {
                i = EndOfClass(text, i);
            }
            else if (text[i] != '(')
            {
                i++;
            }
            else if (!TryReadGroup(text, names, ref i))
            {
                return false;
            }
            else if (i > start + 1)
            {
                // The name and what marks it are left out.
                result.Append('(');
                continue;
            }

            result.Append(text, start, i - start);
        }

        nameless = result.ToString();
        return true;
    }

    /// <summary>Moves behind a parenthesis, and behind the name if there is one.</summary>
    private static bool TryReadGroup(string text, List<string> names, ref int position)
    {
        var rest = text.AsSpan(position);
        var mark = rest.StartsWith("(?P<") ? 4 : rest.StartsWith("(?<") ? 3 : 0;
        if (mark == 0)
        {
            // (?: and (?i: and the like take no number.
            if (!rest.StartsWith("(?"))
            {
                names.Add("");
            }

            position++;
            return true;
        }

        var end = rest.IndexOf('>');
        if (end <= mark)
        {
            return false;
        }

        names.Add(rest[mark..end].ToString());
        position += end + 1;
        return true;
    }

    /// <summary>Behind the bracket that closes a class; one that comes first is a member, and a class may name others.</summary>
    private static int EndOfClass(string text, int start)
    {
        var i = start + 1;
        i += i < text.Length && text[i] == '^' ? 1 : 0;
        i += i < text.Length && text[i] == ']' ? 1 : 0;
        while (i < text.Length && text[i] != ']')
        {
            var named = text.AsSpan(i).StartsWith("[:") ? text.IndexOf(":]", i, StringComparison.Ordinal) : -1;
            i = named >= 0 ? named + 2 : text[i] == '\\' ? i + 2 : i + 1;
        }

        return Math.Min(i + 1, text.Length);
    }
}
