using System.Text.RegularExpressions;
using ClusterDns.Plugins;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Presubmit;

/// <summary>Every Corefile that a README shows is started, on ports of the system's choice and with the example's manifests.</summary>
[TestFixture]
internal sealed partial class ReadmeCorefileTests
{
    [TestCaseSource(nameof(Corefiles))]
    public async Task Corefile_ShownInAReadme_Starts(string corefile)
    {
        await using var server = await RunningServer.StartAsync(WithFreePorts(corefile), RepositoryFiles.PathOf("deploy/example"));
        Assert.That(server.Endpoint.Port, Is.GreaterThan(0));
    }

    [Test]
    public async Task Sample_Started_Serves()
    {
        var sample = WithFreePorts(RepositoryFiles.Read("Corefile.sample"));
        await using var server = await RunningServer.StartAsync(sample, RepositoryFiles.PathOf("deploy/example"));
        Assert.That(server.Endpoint.Port, Is.GreaterThan(0));
    }

    /// <summary>The lines that the sample only shows are right too.</summary>
    [Test]
    public async Task Sample_WithTheMarksOfItsDirectivesTakenAway_Serves()
    {
        var sample = RepositoryFiles.Read("Corefile.sample");
        var whole = MarkedLine().Replace(
            sample, line => PluginOrder.Names.Contains(line.Groups[2].Value) ? line.Groups[1].Value + line.Groups[2].Value : line.Value);
        Assert.That(whole, Is.Not.EqualTo(sample));
        await using var server = await RunningServer.StartAsync(WithFreePorts(whole), RepositoryFiles.PathOf("deploy/example"));
        Assert.That(server.Endpoint.Port, Is.GreaterThan(0));
    }

    private static IEnumerable<TestCaseData> Corefiles()
    {
        var plugins = Directory.EnumerateFiles(RepositoryFiles.PathOf("src/ClusterDns/Plugins"), "README.md", SearchOption.AllDirectories);
        foreach (var path in plugins.Append(RepositoryFiles.PathOf("README.md")).Order(StringComparer.Ordinal))
        {
            var blocks = CorefileBlock().Matches(File.ReadAllText(path));
            foreach (var (index, block) in blocks.Select(match => match.Groups[1].Value).Index())
            {
                yield return new TestCaseData(block)
                    .SetArgDisplayNames($"{Path.GetRelativePath(RepositoryFiles.Root, path)}, {index + 1}");
            }
        }
    }

    // Ports of keys, and of health, ready, prometheus and top, written or by default; addresses that only a cluster has.
    private static string WithFreePorts(string corefile)
    {
        var text = KeyPort().Replace(corefile, "$1:0$2");
        text = PagePort().Replace(text, "$1 127.0.0.1:0");
        return BarePage().Replace(text, "$1 127.0.0.1:0$2");
    }

    [GeneratedRegex(@"^```corefile\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CorefileBlock();

    [GeneratedRegex(@"^(\S*):\d+(.*\{)$", RegexOptions.Multiline)]
    private static partial Regex KeyPort();

    [GeneratedRegex(@"^(\s+(?:health|ready|prometheus|status|top)) \S*:\d+", RegexOptions.Multiline)]
    private static partial Regex PagePort();

    [GeneratedRegex(@"^( +)# ([a-z0-9_]+)\b", RegexOptions.Multiline)]
    private static partial Regex MarkedLine();

    [GeneratedRegex(@"^(\s+(?:health|ready|prometheus|status))( *\{| *#.*|)$", RegexOptions.Multiline)]
    private static partial Regex BarePage();
}
