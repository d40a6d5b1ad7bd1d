using System.Globalization;
using System.Text;
using ClusterDns.Corefile;
using ClusterDns.Operations;

namespace ClusterDns.Cli.Checking;

/// <summary>
/// Findings as compilers write them: <c>FILE:LINE:COLUMN: error: MESSAGE</c>, the line, and a caret under the place.
/// </summary>
internal sealed class FindingWriter(TextWriter output, RecordedFiles files)
{
    /// <summary>Characters shown of a line: more is a file that was made by no person.</summary>
    private const int MaxShown = 200;

    public void Write(Finding finding)
    {
        var kind = finding.Kind == FindingKind.Error ? "error" : "warning";
        var place = finding.Place is { } token ? $"{PrintableText.Escape(token.File)}:{token.Line}:{Math.Max(token.Column, 1)}: " : "";
        output.WriteLine($"{place}{kind}: {PrintableText.Escape(finding.Message)}");
        if (finding.Place is { } word && files.Line(word.File, word.Line) is { } line)
        {
            WriteLine(word, line);
        }

        if (finding.Advice is { } advice)
        {
            output.WriteLine($"      = {PrintableText.Escape(advice)}");
        }
    }

    /// <summary>The last line, for people: how many of each.</summary>
    public void WriteSummary(IReadOnlyList<Finding> findings)
    {
        if (findings.Count > 0)
        {
            var errors = findings.Count(finding => finding.Kind == FindingKind.Error);
            output.WriteLine($"{Count(errors, "error")}, {Count(findings.Count - errors, "warning")}");
        }
    }

    private void WriteLine(CorefileToken word, string line)
    {
        var shown = line.Length > MaxShown ? line[..MaxShown] : line;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{word.Line,5} | {Visible(shown)}"));
        if (word.Column > 0 && word.Column <= shown.Length)
        {
            var length = Math.Min(LengthOf(word, line), shown.Length - word.Column + 1);
            var before = Visible(shown[..(word.Column - 1)]);
            var marks = Visible(shown.Substring(word.Column - 1, length)).Length;
            output.WriteLine($"      | {Blank(before)}^{new string('~', Math.Max(0, marks - 1))}");
        }
    }

    /// <summary>Characters that the word has on its line as written: quotes count, a variable's value does not.</summary>
    private static int LengthOf(CorefileToken word, string line)
    {
        var start = word.Column - 1;
        var end = start;
        if (line[start] == '"')
        {
            for (end++; end < line.Length && (line[end] != '"' || line[end - 1] == '\\'); end++)
            {
            }

            return Math.Min(end + 1, line.Length) - start;
        }

        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        return Math.Max(1, end - start);
    }

    // Tabs stay, so that both lines are moved alike; nothing else may move the cursor.
    private static string Visible(string text) => string.Join('\t', text.Split('\t').Select(PrintableText.Escape));

    private static string Blank(string text)
    {
        var blank = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            blank.Append(character == '\t' ? '\t' : ' ');
        }

        return blank.ToString();
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
