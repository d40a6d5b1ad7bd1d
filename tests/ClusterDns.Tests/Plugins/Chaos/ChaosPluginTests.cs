using ClusterDns.Operations;
using ClusterDns.Plugins.Chaos;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Chaos;

[TestFixture]
internal sealed class ChaosPluginTests
{
    private static readonly string OwnVersion = $"ClusterDns-{BuildInfo.Version}";
    private static readonly string Host = Environment.MachineName;

    private static IEnumerable<TestCaseData> Questions =>
    [
        new("chaos", "version.bind", $"\"{OwnVersion}\""),
        new("chaos", "VERSION.server", $"\"{OwnVersion}\""),
        new("chaos", "authors.bind", "\"The ClusterDns authors\""),
        new("chaos", "hostname.bind", $"\"{Host}\""),
        new("chaos", "id.server", $"\"{Host}\""),
        new("chaos v1", "version.bind", "\"v1\""),
        new("chaos v1", "authors.bind", "\"The ClusterDns authors\""),
        new("chaos v1 \"Zoe Z\" Ada Ada", "authors.bind", "\"Ada\" \"Zoe Z\""),
        new("chaos v1\nchaos v2", "version.bind", "\"v2\""),
    ];

    [TestCaseSource(nameof(Questions))]
    public async Task Text_InClassChaos_IsAnswered(string line, string name, string texts)
    {
        await using var fixture = new PluginFixture(ChaosDirective.Descriptor, line);
        using var query = QueryFactory.Ask(name, RecordType.TXT, RecordClass.CH);
        fixture.Ask(query);
        var answer = FinishedReply.Of(query).Answer;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer, Has.All.StartsWith($"{name}. 0 TXT "));
            Assert.That(string.Join(' ', answer.Select(record => record[$"{name}. 0 TXT ".Length..])), Is.EqualTo(texts));
            Assert.That(ClassOfFirst(query.Reply), Is.EqualTo(RecordClass.CH));
            Assert.That(query.AnsweredBy, Is.EqualTo("chaos"));
        }
    }

    [Test]
    public async Task Text_OfMoreThan255Octets_IsCut()
    {
        await using var fixture = new PluginFixture(ChaosDirective.Descriptor, $"chaos {new string('v', 300)}");
        using var query = QueryFactory.Ask("version.bind", RecordType.TXT, RecordClass.CH);
        fixture.Ask(query);

        Assert.That(FinishedReply.Of(query).Answer, Is.EqualTo([$"version.bind. 0 TXT \"{new string('v', 255)}\""]));
    }

    [TestCase("version.bind", RecordType.TXT, RecordClass.IN)]
    [TestCase("version.bind", RecordType.A, RecordClass.CH)]
    [TestCase("version.bind", RecordType.TXT, RecordClass.HS)]
    [TestCase("example.org", RecordType.TXT, RecordClass.CH)]
    public async Task Other_Asked_GoesOn(string name, RecordType type, RecordClass recordClass)
    {
        await using var fixture = new PluginFixture(ChaosDirective.Descriptor, "chaos");
        using var query = QueryFactory.Ask(name, type, recordClass);

        Assert.That((await fixture.Block.Plugins[0].ServeAsync(query)).Outcome, Is.EqualTo(ServeOutcome.Declined));
    }

    [Test]
    public async Task SetUp_LetsOtherClassesIn()
    {
        await using var fixture = new PluginFixture(ChaosDirective.Descriptor, "chaos");

        Assert.That(fixture.Block.TakesOtherClasses, Is.True);
    }

    [Test]
    public async Task Text_Asked_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(ChaosDirective.Descriptor, "chaos");
        using var query = QueryFactory.Ask("version.bind", RecordType.TXT, RecordClass.CH);
        var plugin = fixture.Block.Plugins[0];

        Assert.That(Allocation.Of(() => plugin.ServeAsync(query)), Is.Zero);
    }

    [Test]
    public void Parse_Braces_AreAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(ChaosDirective.Descriptor, "chaos {\n}"),
            Is.EqualTo("Corefile:2 - Error during parsing: Unexpected token '{', expecting argument"));

    private static RecordClass ClassOfFirst(Reply reply)
    {
        reply.ReadRecords().TryRead(out var record);
        return record.Class;
    }
}
