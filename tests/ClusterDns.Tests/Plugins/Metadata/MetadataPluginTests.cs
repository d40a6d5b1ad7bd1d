using ClusterDns.Plugins.Metadata;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Metadata;

[TestFixture]
internal sealed class MetadataPluginTests
{
    [TestCase("metadata", "a.example.org", "a.example.org. is known")]
    [TestCase("metadata", "example.net", null)]
    [TestCase("metadata example.net 10.0.0.0/8", "a.example.net", "a.example.net. is known")]
    [TestCase("metadata example.net 10.0.0.0/8", "1.0.0.10.in-addr.arpa", "1.0.0.10.in-addr.arpa. is known")]
    [TestCase("metadata example.net", "example.org", null)]
    [TestCase("metadata example.net\nmetadata example.org", "example.org", "example.org. is known")]
    public async Task Label_OfAName_IsKnownInTheZones(string lines, string name, string? expected)
    {
        await using var fixture = new PluginFixture(MetadataDirective.Descriptor, lines);
        string? seen = null;
        fixture.Block.Add(new Source());
        fixture.Rest = query =>
        {
            seen = query.MetadataOf("test/name");
            return ServeResult.Answered;
        };
        await fixture.StartAsync();
        using var query = QueryFactory.Ask(name, RecordType.A);
        fixture.Ask(query);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.EqualTo(expected));
            Assert.That(query.MetadataOf("test/other"), Is.Null);
        }
    }

    [Test]
    public async Task Query_PassedOn_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(MetadataDirective.Descriptor, "metadata");
        fixture.Block.Add(new Source());
        await fixture.StartAsync();
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        var plugin = fixture.Block.Plugins[0];

        Assert.That(Allocation.Of(() => plugin.ServeAsync(query)), Is.Zero);
    }

    [TestCase("metadata {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(MetadataDirective.Descriptor, line),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));

    private sealed class Source : Plugin, IMetadataSource
    {
        public override string Name => "source";

        public override ValueTask<ServeResult> ServeAsync(Query query) => new(ServeResult.Declined);

        public string? MetadataOf(Query query, string label) =>
            label == "test/name" ? $"{WireName.ToText(query.Name.Wire)} is known" : null;
    }
}
