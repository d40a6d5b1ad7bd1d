using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// Names in which a regular expression matches somewhere. The whole name becomes the replacement, with <c>{0}</c> for what
/// matched and <c>{1}</c>, <c>{2}</c> and so on for the groups.
/// </summary>
internal sealed class RegexPattern(Regex regex) : NamePattern
{
    /// <summary>Groups of the pattern, the whole match not counted.</summary>
    public int GroupCount => regex.GetGroupNumbers().Length - 1;

    // Only a name that matches costs a string.
    public override bool Matches(NameText name) => regex.IsMatch(name.Text);

    public override bool TryRewrite(NameText name, string replacement)
    {
        var match = regex.Match(name.Text.ToString());
        return name.TrySet(Fill(replacement, match), [], []);
    }

    private static string Fill(string replacement, Match match)
    {
        var filled = new StringBuilder();
        var rest = replacement.AsSpan();
        while (!rest.IsEmpty && filled.Length <= NameText.MaxDraftLength)
        {
            var end = rest.IndexOf('}');
            if (rest[0] == '{' && end > 0 && TryGetGroup(match, rest[1..end], out var group))
            {
                filled.Append(group.ValueSpan);
                rest = rest[(end + 1)..];
                continue;
            }

            filled.Append(rest[0]);
            rest = rest[1..];
        }

        return filled.ToString();
    }

    private static bool TryGetGroup(Match match, ReadOnlySpan<char> number, out Group group)
    {
        var isGroup = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < match.Groups.Count;
        group = isGroup ? match.Groups[index] : match;
        return isGroup;
    }
}
