using System.Globalization;
using System.Text;

namespace ClusterDns.Measuring;

/// <summary>
/// Horizontal bars in groups, as an SVG that is readable on light and on dark pages: colours follow the reader's scheme.
/// </summary>
/// <param name="title">What is shown.</param>
/// <param name="unit">Said behind the title.</param>
/// <param name="scalesEachGroup">The longest bar of each group has the full length; else only that of the chart.</param>
internal sealed class BarChart(string title, string unit, bool scalesEachGroup = false)
{
    private const int Width = 820;
    private const int LabelWidth = 150;
    private const int ValueWidth = 150;
    private const int BarHeight = 16;
    private const int BarGap = 4;
    private const int GroupGap = 30;
    private const int Top = 46;

    private readonly List<(string Group, List<(string Label, double[] Parts, string Text, bool IsOurs)> Bars)> _groups = [];

    /// <param name="group">Bars of a group are drawn together, under its name.</param>
    /// <param name="label">Whose bar it is.</param>
    /// <param name="isOurs">Drawn in the colour that stands out.</param>
    /// <param name="text">The value as it is written behind the bar.</param>
    /// <param name="parts">Lengths one behind the other, each lighter than the one before.</param>
    public void Add(string group, string label, bool isOurs, string text, params double[] parts)
    {
        if (_groups.Count == 0 || _groups[^1].Group != group)
        {
            _groups.Add((group, []));
        }

        _groups[^1].Bars.Add((label, parts, text, isOurs));
    }

    public override string ToString()
    {
        var height = Top + _groups.Sum(group => GroupGap + (group.Bars.Count * (BarHeight + BarGap)));
        var longestOfAll = _groups.Select(group => Longest(group.Bars)).DefaultIfEmpty(1).Max();
        var svg = new StringBuilder(Head(height));
        double y = Top;
        foreach (var (group, bars) in _groups)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"8\" y=\"{y + 8}\" class=\"group\">{Escape(group)}</text>\n");
            y += 18;
            var scale = (Width - LabelWidth - ValueWidth) / Math.Max(scalesEachGroup ? Longest(bars) : longestOfAll, double.Epsilon);
            foreach (var bar in bars)
            {
                AppendBar(svg, bar.Label, bar.Parts, bar.Text, bar.IsOurs, y, scale);
                y += BarHeight + BarGap;
            }

            y += GroupGap - 18;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double Longest(IEnumerable<(string Label, double[] Parts, string Text, bool IsOurs)> bars) => bars.Max(bar => bar.Parts.Sum());

    private static void AppendBar(StringBuilder svg, string label, double[] parts, string text, bool isOurs, double y, double scale)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth - 8}\" y=\"{y + 12}\" text-anchor=\"end\">{Escape(label)}</text>");
        double x = LabelWidth;
        for (var part = 0; part < parts.Length; part++)
        {
            var width = parts[part] * scale;
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{x:0.0}\" y=\"{y}\" width=\"{width:0.0}\" height=\"{BarHeight}\" class=\"{(isOurs ? "ours" : "peer")}\" fill-opacity=\"{(part == 0 ? 1 : 0.55)}\"/>");
            x += width;
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x + 6:0.0}\" y=\"{y + 12}\">{Escape(text)}</text>\n");
    }

    private string Head(int height) => $$"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{Width}} {{height}}" width="{{Width}}" height="{{height}}" role="img" aria-label="{{Escape(title)}}">
        <style>
        text { font: 12px sans-serif; fill: #24292f } .title { font-size: 15px; font-weight: bold } .group { font-weight: bold }
        .ours { fill: #0969da } .peer { fill: #8c959f }
        @media (prefers-color-scheme: dark) { text { fill: #c9d1d9 } .ours { fill: #58a6ff } .peer { fill: #6e7681 } }
        </style>
        <text x="8" y="20" class="title">{{Escape(title)}}</text><text x="8" y="36">{{Escape(unit)}}</text>

        """;

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
