using ClusterDns.Plugins;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Presubmit;

/// <summary>What no analyzer sees: that every plugin has its place in the order, its README and its line in the main one.</summary>
[TestFixture]
internal sealed class PluginFoldersTests
{
    private static readonly string[] Headings = ["## Name", "## Description", "## Syntax", "## Examples"];

    [Test]
    public void Descriptors_Listed_StandInTheOrderOfNames()
    {
        var served = PluginOrder.Descriptors.Select(descriptor => descriptor.Name).ToList();
        Assert.That(served, Is.EqualTo(PluginOrder.Names.Where(served.Contains)));
    }

    [Test]
    public void Folders_AllOfThem_BelongToADescriptor()
    {
        var served = PluginOrder.Descriptors.Select(descriptor => descriptor.Name.Replace("_", "", StringComparison.Ordinal));
        Assert.That(Folders().Select(folder => folder.Name.ToLowerInvariant()), Is.EquivalentTo(served));
    }

    [TestCaseSource(nameof(FolderNames))]
    public void Readme_OfEachPlugin_HasTheHeadings(string plugin)
    {
        var readme = RepositoryFiles.Read($"src/ClusterDns/Plugins/{plugin}/README.md");
        Assert.That(readme.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)), Is.SupersetOf(Headings));
    }

    [TestCaseSource(nameof(FolderNames))]
    public void MainReadme_OfEachPlugin_LinksItsReadme(string plugin)
    {
        Assert.That(RepositoryFiles.Read("README.md"), Does.Contain($"(src/ClusterDns/Plugins/{plugin}/README.md)"));
    }

    [TestCaseSource(nameof(FolderNames))]
    public void Tests_OfEachPlugin_MirrorItsFolder(string plugin)
    {
        Assert.That(Directory.Exists(RepositoryFiles.PathOf($"tests/ClusterDns.Tests/Plugins/{plugin}")), Is.True);
    }

    private static IEnumerable<string> FolderNames() => Folders().Select(folder => folder.Name);

    private static IEnumerable<DirectoryInfo> Folders() =>
        new DirectoryInfo(RepositoryFiles.PathOf("src/ClusterDns/Plugins")).EnumerateDirectories();
}
