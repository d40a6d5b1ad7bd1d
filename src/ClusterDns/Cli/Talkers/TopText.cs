using System.Globalization;
using System.Text;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Top;

namespace ClusterDns.Cli.Talkers;

/// <summary>A report for people: what is now, and below it what was since the start.</summary>
internal static class TopText
{
    /// <summary>Takes a terminal's cursor home and empties the screen (ECMA-48).</summary>
    public const string ClearScreen = "\u001b[H\u001b[2J";

    public static string Write(TopRequest request, TopReport report)
    {
        var text = new StringBuilder();
        if (report.Sample == 0)
        {
            return "no server block has 'top'\n";
        }

        var looked = report.Sample == 1 ? "all queries are looked at" : $"one in {report.Sample} queries is looked at";
        text.Append(CultureInfo.InvariantCulture, $"{request.Server} by {TopFamilies.NameOf(request.Family)}; {looked}\n\n");
        var window = GoDuration.Format(TimeSpan.FromSeconds(Math.Round(report.Window.TotalSeconds)));
        Append(text, request, $"last {window}", report.Recent[(int)request.Family]);
        text.Append('\n');
        Append(
            text,
            request,
            $"since {report.Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC",
            report.Total[(int)request.Family]);
        return text.ToString();
    }

    public static string WriteJson(TopRequest request, TopReport report) =>
        Encoding.UTF8.GetString(TopJson.Write(report, request.Family, request.Count, isIndented: !request.Watches)) + "\n";

    /// <summary>Printable ASCII: a server may send what it likes, and the terminal is not its to drive.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is >= ' ' and <= '~')
            {
                printable.Append(character);
            }
            else
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
        }

        return printable.ToString();
    }

    private static void Append(StringBuilder text, TopRequest request, string when, TopList list)
    {
        text.Append(CultureInfo.InvariantCulture, $"{when}: {list.Queries:N0} queries\n");
        if (list.Entries.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{"queries",15} {"over",12} {"share",8}  {TopFamilies.NameOf(request.Family)}\n");
        foreach (var entry in list.Entries.Take(request.Count))
        {
            var pod = entry.Pod is null ? "" : $"  {entry.Namespace}/{entry.Pod}";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{entry.Count,15:N0} {entry.Error,12:N0} {entry.Share * 100,6:F1} %  {Printable(entry.Text + pod)}\n");
        }
    }
}
