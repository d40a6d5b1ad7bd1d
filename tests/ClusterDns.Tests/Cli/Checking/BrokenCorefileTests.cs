using System.Text.RegularExpressions;
using ClusterDns.Cli;
using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;
using ClusterDns.Plugins;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Checking;

/// <summary>Corefiles with mistakes, each beside a file that lists what a check has to find: <c>LINE:COLUMN: kind: text</c>.</summary>
[TestFixture]
internal sealed partial class BrokenCorefileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cli", "broken-corefiles");

    private static IEnumerable<string> Corefiles =>
        Directory.EnumerateFiles(Folder, "*.Corefile").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    // What is no mistake to the one that reads the file, or shows only when a server has started.
    private static IEnumerable<string> RefusedCorefiles => Corefiles
        .Except(["k8s-external-alone"])
        .Where(name => File.ReadLines(Path.Combine(Folder, $"{name}.findings")).Any(line => line.Contains(": error: ", StringComparison.Ordinal)));

    [Test]
    public void Corpus_HasEightyFilesAndTheirFindings()
    {
        Assert.That(Corefiles.Count(), Is.GreaterThanOrEqualTo(80));
        Assert.That(
            Directory.EnumerateFiles(Folder, "*.findings").Select(path => Path.GetFileNameWithoutExtension(path)),
            Is.EquivalentTo(Corefiles));
    }

    [TestCaseSource(nameof(Corefiles))]
    public async Task Check_BrokenCorefile_FindsEveryMistakeInOneRun(string name)
    {
        var path = Path.Combine(Folder, $"{name}.Corefile");
        var run = await CommandRun.RunAsync("check", "-conf", path);

        var expected = File.ReadAllLines(Path.Combine(Folder, $"{name}.findings"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Findings(run, path), Is.EqualTo(expected));
            Assert.That(run.Code, Is.EqualTo(expected.Any(line => line.Contains(": error: ")) ? ExitCode.Failure : ExitCode.Success));
            Assert.That(run.Errors, Is.Empty);
        }
    }

    [TestCaseSource(nameof(RefusedCorefiles))]
    public async Task Check_BrokenCorefile_FindsWhatTheServerStopsAt(string name)
    {
        var path = Path.Combine(Folder, $"{name}.Corefile");
        var first = await FirstMistakeAsync(path);

        var run = await CommandRun.RunAsync("check", path);

        var place = $"{path}:{first.Place!.Line}:";
        Assert.That(
            run.OutputLines,
            Has.Some.Matches<string>(line => line!.StartsWith(place, StringComparison.Ordinal)
                && line.EndsWith(ClusterDns.Operations.PrintableText.Escape(first.Reason), StringComparison.Ordinal)));
    }

    [Test]
    public async Task Check_Mistake_ShowsTheLineAndACaretUnderTheWord()
    {
        var run = await CommandRun.RunAsync("check", Path.Combine(Folder, "tabs-and-quotes.Corefile"));

        Assert.That(run.Output, Does.Contain("    3 | \t\tpolicy\t\"round robin\"\n      | \t\t      \t^~~~~~~~~~~~~\n"));
    }

    [Test]
    public async Task Check_ControlCharacters_ReachTheTerminalEscaped()
    {
        var run = await CommandRun.RunAsync("check", Path.Combine(Folder, "control-characters.Corefile"));

        Assert.That(run.Output, Has.None.Matches<char>(character => char.IsControl(character) && character != '\n'));
    }

    private static IEnumerable<string> Findings(CommandRun run, string path) =>
        run.OutputLines
            .Where(line => Finding().IsMatch(line))
            .Select(line => line.StartsWith(path, StringComparison.Ordinal) ? line[(path.Length + 1)..] : line);

    private static async Task<CorefileException> FirstMistakeAsync(string path)
    {
        await using var parts = new ServerParts(Stream.Null, manifestPath: RepositoryFiles.PathOf("deploy/example"));
        try
        {
            var document = new CorefileLoader(new DiskFiles(), _ => null, [.. PluginOrder.Names]).LoadFile(path);
            await ConfigurationBuilder.BuildAsync(document, parts.Services);
        }
        catch (CorefileException mistake)
        {
            return mistake;
        }

        throw new AssertionException($"a server would start with {path}");
    }

    [GeneratedRegex(@"^(\S+:\d+:\d+: )?(error|warning): ")]
    private static partial Regex Finding();
}
