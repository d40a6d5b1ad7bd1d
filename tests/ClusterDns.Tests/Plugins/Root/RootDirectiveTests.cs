using ClusterDns.Plugins.Root;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.LoadBalance;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Root;

[TestFixture]
internal sealed class RootDirectiveTests
{
    [TestCase("root /", "zones/a.db", "/zones/a.db")]
    [TestCase("root /", "/etc/a.db", "/etc/a.db")]
    [TestCase("root /nowhere\nroot /", "a.db", "/a.db")]
    public async Task PathOf_AfterRoot_IsBelowIt(string lines, string path, string expected)
    {
        await using var fixture = new PluginFixture(RootDirective.Descriptor, lines);

        Assert.That(fixture.Block.PathOf(path), Is.EqualTo(expected));
        Assert.That(fixture.Log.Lines, Is.Empty);
    }

    [Test]
    public async Task Folder_NotThere_IsAWarning()
    {
        await using var fixture = new PluginFixture(RootDirective.Descriptor, "root /nowhere/at/all");

        Assert.That(fixture.Block.PathOf("a.db"), Is.EqualTo("/nowhere/at/all/a.db"));
        Assert.That(fixture.Log.Lines, Is.EqualTo(["[Warning] plugin/root: Root path does not exist: /nowhere/at/all"]));
    }

    [Test]
    public async Task WeightFile_RelativePath_IsReadBelowTheRoot()
    {
        using var file = new WeightFileOnDisk("example.org\n10.0.0.1 5\n");
        var (folder, name) = (Path.GetDirectoryName(file.Path), Path.GetFileName(file.Path));
        await using var server = await RunningServer.StartAsync(
            $".:0 {{\n bind 127.0.0.1\n loadbalance weighted {name}\n root {folder}\n whoami\n}}");

        Assert.That(server.Endpoint.Port, Is.GreaterThan(0));
    }

    [TestCase("root", "Wrong argument count or unexpected line ending after 'root'")]
    [TestCase("root a b", "Wrong argument count or unexpected line ending after 'b'")]
    [TestCase("root / {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(RootDirective.Descriptor, line),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));
}
