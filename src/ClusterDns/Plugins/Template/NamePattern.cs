using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using ClusterDns.Corefile;

namespace ClusterDns.Plugins.Template;

/// <summary>
/// A regular expression and the names of its groups, which are kept apart from the expression.
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
        pattern = GoPattern.TryCompile(text, out var expression, out var groupNames, out mistake)
            ? new NamePattern(text, expression, groupNames)
            : null;
        return pattern is not null;
    }

    /// <summary>The match and its groups; a group that took no part is empty. Null when the name does not match.</summary>
    public IReadOnlyList<string>? Match(string name)
    {
        var match = _expression.Match(name);
        return match.Success ? [.. match.Groups.Values.Select(group => group.Value)] : null;
    }
}
