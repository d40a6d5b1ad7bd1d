using System.Text.RegularExpressions;
using ClusterDns.Testing;

namespace ClusterDns.Tests.Explaining;

/// <summary>
/// A file of explanations: <c>== Corefile</c>, <c>== Manifests</c>, and then for each question
/// <c>== NAME [TYPE] [from CLIENT] [again]</c> with the text that a person is to read below it.
/// </summary>
internal sealed partial record ExplanationSheet(string Name, string Corefile, string Manifests, IReadOnlyList<SheetQuestion> Questions)
{
    public static string Folder { get; } = RepositoryFiles.PathOf("tests/ClusterDns.Tests/Explaining/explanations");

    public static IReadOnlyList<ExplanationSheet> All { get; } = [.. Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(Read)];

    private static ExplanationSheet Read(string path)
    {
        var parts = Heading().Split(File.ReadAllText(path))[1..];
        var sections = parts.Chunk(2).Select(pair => (Title: pair[0], Text: pair[1])).ToList();
        return new ExplanationSheet(
            Path.GetFileNameWithoutExtension(path),
            sections[0].Text,
            sections[1].Text,
            [.. sections.Skip(2).Select(section => SheetQuestion.Read(section.Title, section.Text))]);
    }

    [GeneratedRegex(@"^== (.*)\n", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
