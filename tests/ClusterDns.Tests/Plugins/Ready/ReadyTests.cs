using ClusterDns.Plugins.Ready;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Ready;

[TestFixture]
internal sealed class ReadyTests
{
    [TestCase("ready", ":8181", false)]
    [TestCase("ready localhost:8181", "localhost:8181", false)]
    [TestCase("ready {\n monitor until-ready\n}", ":8181", false)]
    [TestCase("ready {\n monitor continuously\n}", ":8181", true)]
    public void Parse_AddressAndMonitor_OrDefaults(string line, string address, bool isContinuous) =>
        Assert.That(
            ReadyDirective.Parse(PluginFixture.ParseOne(line)),
            Is.EqualTo(new ReadyOptions(address, isContinuous)));

    [TestCase("ready 1 2", 2, "Wrong argument count or unexpected line ending after '2'")]
    [TestCase("ready bla", 2, "address bla: missing port in address")]
    [TestCase("ready {\n monitor\n}", 3, "Wrong argument count or unexpected line ending after 'monitor'")]
    [TestCase("ready {\n monitor often\n}", 3, "monitor type 'often' not supported")]
    [TestCase("ready {\n x\n}", 3, "unknown property 'x'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(ReadyDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public async Task Page_NobodyHasASay_Ok()
    {
        await using var fixture = new PluginFixture(ReadyDirective.Descriptor, "ready");
        await using var page = await PageFixture.OpenAsync(fixture);

        Assert.That(await page.GetAsync("/ready"), Is.EqualTo((200, "text/plain; charset=utf-8", "OK")));
    }

    [Test]
    public async Task Page_PluginsNotReady_NamesThemInOrderAndLogsALine()
    {
        await using var fixture = new PluginFixture(ReadyDirective.Descriptor, "ready");
        fixture.Configuration.AddReadiness("kubernetes", () => false);
        fixture.Configuration.AddReadiness("erratic", () => false);
        fixture.Configuration.AddReadiness("forward", () => true);
        fixture.Configuration.AddReadiness("kubernetes", () => false);
        await using var page = await PageFixture.OpenAsync(fixture);
        var (status, _, text) = await page.GetAsync("/ready");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((status, text), Is.EqualTo((503, "erratic,kubernetes")));
            Assert.That(
                fixture.Log.Lines,
                Is.EqualTo(["[Information] plugin/ready: Plugins not ready: \"erratic,kubernetes\""]));
        }
    }

    [TestCase("ready", 200)]
    [TestCase("ready {\n monitor continuously\n}", 503)]
    public async Task Page_PluginReadyOnceThenNot_CountsUnlessMonitoredContinuously(string line, int expected)
    {
        await using var fixture = new PluginFixture(ReadyDirective.Descriptor, line);
        var isReady = false;
        fixture.Configuration.AddReadiness("kubernetes", () => isReady);
        await using var page = await PageFixture.OpenAsync(fixture);
        var before = await page.GetAsync("/ready");
        isReady = true;
        var ready = await page.GetAsync("/ready");
        isReady = false;
        var after = await page.GetAsync("/ready");

        Assert.That((before.Status, ready.Status, after.Status), Is.EqualTo((503, 200, expected)));
    }

    [Test]
    public async Task Drain_ReadyServer_SaysSoAtOnce()
    {
        await using var fixture = new PluginFixture(ReadyDirective.Descriptor, "ready");
        await using var page = await PageFixture.OpenAsync(fixture);
        await fixture.Configuration.Drains.Single()(CancellationToken.None);
        var (status, _, text) = await page.GetAsync("/ready");

        Assert.That((status, text), Is.EqualTo((503, "Shutting down")));
    }
}
