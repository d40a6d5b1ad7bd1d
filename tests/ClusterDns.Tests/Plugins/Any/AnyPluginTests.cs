using ClusterDns.Plugins.Any;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Any;

[TestFixture]
internal sealed class AnyPluginTests
{
    [Test]
    public async Task Any_WhateverTheName_IsOneHinfoRecord()
    {
        await using var fixture = new PluginFixture(AnyDirective.Descriptor, "any");
        using var query = QueryFactory.Ask("Example.org", RecordType.ANY);
        var result = fixture.Ask(query);

        byte[] data = [13, .. "ANY obsoleted"u8, 12, .. "See RFC 8482"u8];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(ServeResult.Answered));
            Assert.That(query.AnsweredBy, Is.EqualTo("any"));
            Assert.That(FinishedReply.Of(query).Answer, Is.EqualTo([$"Example.org. 8482 HINFO {Convert.ToHexString(data)}"]));
        }
    }

    [TestCase(RecordType.A, RecordClass.IN)]
    [TestCase(RecordType.HINFO, RecordClass.IN)]
    [TestCase(RecordType.ANY, RecordClass.CH)]
    public async Task Other_Asked_GoesOn(RecordType type, RecordClass recordClass)
    {
        await using var fixture = new PluginFixture(AnyDirective.Descriptor, "any");
        using var query = QueryFactory.Ask("example.org", type, recordClass);

        Assert.That((await fixture.Block.Plugins[0].ServeAsync(query)).Outcome, Is.EqualTo(ServeOutcome.Declined));
    }

    [Test]
    public async Task Any_Asked_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(AnyDirective.Descriptor, "any");
        using var query = QueryFactory.Ask("example.org", RecordType.ANY);
        var plugin = fixture.Block.Plugins[0];

        Assert.That(Allocation.Of(() => plugin.ServeAsync(query)), Is.Zero);
    }

    [TestCase("any x", "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("any {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(AnyDirective.Descriptor, line),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));
}
