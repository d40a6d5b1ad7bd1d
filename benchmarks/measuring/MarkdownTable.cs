using System.Text;

namespace ClusterDns.Measuring;

/// <summary>A table as GitHub shows it; numbers to the right.</summary>
internal sealed class MarkdownTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append("| ").AppendJoin(" | ", headings).Append(" |\n|");
        for (var column = 0; column < headings.Length; column++)
        {
            text.Append(IsNumeric(column) ? " ---: |" : " --- |");
        }

        text.Append('\n');
        foreach (var row in _rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        return text.ToString();
    }

    // Most of the cells: "not measured" may stand among numbers, and a number at the beginning of a sentence.
    private bool IsNumeric(int column) =>
        _rows.Count(row => row[column].Length > 0 && char.IsAsciiDigit(row[column][0])) * 2 > _rows.Count;
}
