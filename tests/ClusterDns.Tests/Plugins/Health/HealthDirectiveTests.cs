using ClusterDns.Plugins.Health;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Health;

[TestFixture]
internal sealed class HealthDirectiveTests
{
    [TestCase("health", ":8080", 0)]
    [TestCase("health {\n}", ":8080", 0)]
    [TestCase("health localhost:1234", "localhost:1234", 0)]
    [TestCase("health {\n lameduck 5s\n}", ":8080", 5)]
    [TestCase("health 169.254.20.10:8080 {\n lameduck 1m\n}", "169.254.20.10:8080", 60)]
    public void Parse_AddressAndLameduck_OrDefaults(string line, string address, int seconds) =>
        Assert.That(
            HealthDirective.Parse(PluginFixture.ParseOne(line)),
            Is.EqualTo(new HealthOptions(address, TimeSpan.FromSeconds(seconds))));

    [Test]
    public void Parse_Watchdog_IsOnOnlyWhenAskedFor()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HealthDirective.Parse(PluginFixture.ParseOne("health")).HasWatchdog, Is.False);
            Assert.That(HealthDirective.Parse(PluginFixture.ParseOne("health {\n watchdog\n}")).HasWatchdog, Is.True);
        }
    }

    [TestCase("health a b", 2, "Wrong argument count or unexpected line ending after 'b'")]
    [TestCase("health 8080", 2, "address 8080: missing port in address")]
    [TestCase("health {\n lameduck\n}", 3, "Wrong argument count or unexpected line ending after 'lameduck'")]
    [TestCase("health {\n lameduck 5\n}", 3, "unable to parse lameduck duration value: \"5\": time: missing unit in duration \"5\"")]
    [TestCase("health {\n lameduck 1000h\n}", 3, "lameduck cannot be longer than 24 days: 1000h")]
    [TestCase("health {\n watchdog 5s\n}", 3, "Wrong argument count or unexpected line ending after '5s'")]
    [TestCase("health {\n duck 5s\n}", 3, "unknown property 'duck'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(HealthDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public async Task SetUp_SeveralLines_LastOneCounts()
    {
        await using var fixture = new PluginFixture(HealthDirective.Descriptor, "health :1\nhealth :2");

        Assert.That(fixture.Configuration.Pages.Select(page => page.ListenAddress), Is.EqualTo([":2"]));
    }
}
