using ClusterDns.Cli;
using ClusterDns.Corefile;
using ClusterDns.Operations;
using ClusterDns.Plugins;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using ClusterDns.Tests.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Checking;

/// <summary>
/// Sample Corefiles with a few words lost, doubled, moved or changed: a check refuses what a server refuses and nothing
/// else, and whatever the server says first is among what it says.
/// </summary>
[TestFixture]
internal sealed class CheckConsistencyTests
{
    private const int Variants = 12;

    /// <summary>A server sees this one only when it has started.</summary>
    private const string SeenLater = "kubernetes plugin not loaded";

    private static readonly string[] Intruders = ["{", "}", "{ }", "import", "x y", "\"", "#", "9", "-1", "30s", "a..b", ",", "(s)", "errors", "\n", "example.org {"];

    [TestCaseSource(typeof(SampleCorefileTests), nameof(SampleCorefileTests.Samples))]
    public async Task Check_ChangedSample_AgreesWithTheServer(string sample)
    {
        await using var parts = new ServerParts(Stream.Null, manifestPath: RepositoryFiles.PathOf("deploy/example"));
        var random = new Random(sample.Sum(character => character));
        for (var i = 0; i < Variants; i++)
        {
            var text = Change(SampleCorefileTests.ReadText(sample), random);
            var first = await FirstMistakeAsync(text, parts.Services);
            var run = await CommandRun.RunAsync(
                context => context with { Files = new MemoryFiles().With("Corefile", text) }, "check", "-conf", "Corefile");

            var refused = first is not null || run.Output.Contains(SeenLater);
            Assert.That(run.Code, Is.EqualTo(refused ? 1 : 0), $"{first?.Message}\n{text}\n{run.Output}");
            if (first?.Place is { } place)
            {
                Assert.That(
                    run.OutputLines,
                    Has.Some.Matches<string>(line => line!.StartsWith($"{place.File}:{place.Line}:", StringComparison.Ordinal)
                        && line.EndsWith(PrintableText.Escape(first.Reason), StringComparison.Ordinal)),
                    $"{first.Message}\n{text}\n{run.Output}");
            }
        }
    }

    private static async Task<CorefileException?> FirstMistakeAsync(string text, ServerServices services)
    {
        try
        {
            var loader = new CorefileLoader(new MemoryFiles().With("Corefile", text), _ => null, [.. PluginOrder.Names]);
            var configuration = await ConfigurationBuilder.BuildAsync(loader.LoadFile("Corefile"), services);
            await configuration.Setup.StopAsync();
            return null;
        }
        catch (CorefileException mistake)
        {
            return mistake;
        }
    }

    private static string Change(string text, Random random)
    {
        var words = text.Split(' ').ToList();
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var at = random.Next(words.Count);
            switch (random.Next(5))
            {
                case 0:
                    words.RemoveAt(at);
                    break;
                case 1:
                    words.Insert(at, words[at]);
                    break;
                case 2:
                    words.Insert(at, Intruders[random.Next(Intruders.Length)]);
                    break;
                case 3:
                    words[at] = Intruders[random.Next(Intruders.Length)];
                    break;
                default:
                    var other = random.Next(words.Count);
                    (words[at], words[other]) = (words[other], words[at]);
                    break;
            }
        }

        return string.Join(' ', words);
    }
}
