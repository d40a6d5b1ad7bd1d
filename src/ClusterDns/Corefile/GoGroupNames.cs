using System.Text;

namespace ClusterDns.Corefile;

/// <summary>
/// The names of a pattern's groups. Go numbers all groups from left to right, named or not; here those with a name would
/// come behind the others, so they lose it.
/// </summary>
internal static class GoGroupNames
{
    /// <summary>
    /// Adds each group's name to <paramref name="names"/>, an empty one for a group without, and gives the pattern without
    /// them. False for a name that is not closed: what is wrong there is for the compiler to say.
    /// </summary>
    public static bool TryTakeNames(string text, List<string> names, out string nameless)
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

        // (?<= and (?<! are no names but look behind, which RE2 refuses.
        var end = rest.IndexOf('>');
        if (end <= mark || (mark == 3 && rest[mark] is '=' or '!'))
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
