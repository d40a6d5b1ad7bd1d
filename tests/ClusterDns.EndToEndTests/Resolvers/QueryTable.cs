using System.Text;
using ClusterDns.Testing;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>The tables of <c>tests/README.md</c> that a run of the resolvers makes.</summary>
internal static class QueryTable
{
    /// <summary>Set to anything, it has the tests write the tables instead of comparing them.</summary>
    public const string RewriteVariable = "CLUSTERDNS_REWRITE_TABLES";

    private const string Begin = "<!-- measured: begin -->\n";
    private const string End = "<!-- measured: end -->\n";

    private static readonly string Readme = RepositoryFiles.PathOf("tests/README.md");

    /// <summary>The tables as they are written down.</summary>
    public static string Read() => Split(File.ReadAllText(Readme)).Tables;

    public static void Write(string tables)
    {
        var (before, _, after) = Split(File.ReadAllText(Readme));
        File.WriteAllText(Readme, before + tables + after);
    }

    /// <summary>The tables as one client's measurements say.</summary>
    public static string Format(IReadOnlyList<Measurement> measurements)
    {
        var queries = measurements.ToLookup(each => (each.Resolver, each.Lookup), each => each.Queries);
        var text = new StringBuilder("| lookup | name | there is |\n| --- | --- | --- |\n");
        foreach (var lookup in Lookups.All)
        {
            text.Append($"| {lookup.Label} | `{lookup.Name}` | {(lookup.Answer.Length > 0 ? $"`{lookup.Answer}`" : "nothing")} |\n");
        }

        text.Append($"\n| resolver | {string.Join(" | ", Lookups.All.Select(lookup => lookup.Label))} |\n");
        text.Append($"| --- |{string.Concat(Lookups.All.Select(_ => " --- |"))}\n");
        foreach (var resolver in ResolverTable.All)
        {
            var cells = Lookups.All.Select(lookup => Cell(queries[(resolver, lookup)]));
            text.Append($"| {resolver.Name} | {string.Join(" | ", cells)} |\n");
        }

        text.Append('\n');
        foreach (var resolver in ResolverTable.All.Where(resolver => resolver.AskedAsWritten is not null))
        {
            var (labels, reason) = resolver.AskedAsWritten!;
            text.Append($"- {resolver.Name} {reason}, and finds nothing without `shortnames` for: {string.Join("; ", labels)}.\n");
        }

        return text.ToString();
    }

    // One number for each way to configure the server, and only one if it makes no difference.
    private static string Cell(IEnumerable<long> queries) =>
        queries.ToArray() is [var first, ..] all ? all.All(each => each == first) ? $"{first}" : string.Join(" → ", all) : "-";

    private static (string Before, string Tables, string After) Split(string readme)
    {
        var begin = readme.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = readme.IndexOf(End, StringComparison.Ordinal);
        return (readme[..begin], readme[begin..end], readme[end..]);
    }
}
