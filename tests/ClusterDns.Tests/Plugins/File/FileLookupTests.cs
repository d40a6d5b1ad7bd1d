using ClusterDns.Plugins.ZoneFiles;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.ZoneFiles;

/// <summary>Questions and answers, from the folder <c>zones</c>: a zone file and what it answers, block by block.</summary>
[TestFixture]
internal sealed class FileLookupTests
{
    private const string Folder = "tests/ClusterDns.Tests/Plugins/File/zones";

    private static readonly string[] Zones = ["example.org", "signed"];

    [TestCaseSource(nameof(Cases))]
    public async Task Question_Asked_IsAnsweredAsWritten(string zone, string question, string[] expected)
    {
        var path = RepositoryFiles.PathOf($"{Folder}/{zone}.zone");
        await using var fixture = new PluginFixture(FileDirective.Descriptor, $"file {path}");
        Assert.That(ZoneAnswers.Ask(fixture, question), Is.EqualTo(expected));
    }

    private static IEnumerable<TestCaseData> Cases() =>
        from zone in Zones
        from block in RepositoryFiles.Read($"{Folder}/{zone}.answers").TrimEnd().Split("\n\n")
        let lines = block.Split('\n')
        select new TestCaseData(zone, lines[0]["; ".Length..], lines[1..])
            .SetArgDisplayNames(zone, lines[0]["; ".Length..]);
}
