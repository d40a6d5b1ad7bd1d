using ClusterDns.Plugins.Timeouts;
using ClusterDns.Serving;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Timeouts;

[TestFixture]
internal sealed class TimeoutsDirectiveTests
{
    [Test]
    public void Parse_EveryProperty_IsTaken() =>
        Assert.That(
            TimeoutsDirective.Parse(PluginFixture.ParseOne("timeouts {\n read 1s\n write 24h\n idle 1m30s\n maxtcpqueries 128\n}")),
            Is.EqualTo(new ListenerSettings
            {
                ReadTimeout = TimeSpan.FromSeconds(1),
                WriteTimeout = TimeSpan.FromHours(24),
                IdleTimeout = TimeSpan.FromSeconds(90),
                MaxTcpQueries = 128,
            }));

    [Test]
    public void Parse_NumberAlone_IsSeconds() =>
        Assert.That(
            TimeoutsDirective.Parse(PluginFixture.ParseOne("timeouts {\n read 20\n}")),
            Is.EqualTo(new ListenerSettings { ReadTimeout = TimeSpan.FromSeconds(20) }));

    [Test]
    public void Parse_QueriesWithoutEnd_IsMinusOne() =>
        Assert.That(
            TimeoutsDirective.Parse(PluginFixture.ParseOne("timeouts {\n maxtcpqueries -1\n}")).MaxTcpQueries, Is.EqualTo(-1));

    [Test]
    public async Task SetUp_SeveralLines_LastOneWithANumberCounts()
    {
        await using var fixture = new PluginFixture(
            TimeoutsDirective.Descriptor, "timeouts {\n read 5s\n idle 5s\n}\ntimeouts {\n read 7s\n}");

        Assert.That(fixture.Block.Listener, Is.EqualTo(new ListenerSettings
        {
            ReadTimeout = TimeSpan.FromSeconds(7),
            IdleTimeout = TimeSpan.FromSeconds(5),
        }));
    }

    [TestCase("timeouts", 2, "timeouts block with no timeouts or limits specified")]
    [TestCase("timeouts {\n}", 2, "timeouts block with no timeouts or limits specified")]
    [TestCase("timeouts 5s {\n read 5s\n}", 2, "Wrong argument count or unexpected line ending after '5s'")]
    [TestCase("timeouts {\n read\n}", 3, "Wrong argument count or unexpected line ending after 'read'")]
    [TestCase("timeouts {\n read 1s 2s\n}", 3, "Wrong argument count or unexpected line ending after '2s'")]
    [TestCase("timeouts {\n connect 5s\n}", 3, "unknown option: 'connect'")]
    [TestCase("timeouts {\n read soon\n}", 3, "failed to parse duration 'soon'")]
    [TestCase("timeouts {\n read 999ms\n}", 3, "timeout provided '999ms' needs to be between 1 second and 24 hours")]
    [TestCase("timeouts {\n write 0\n}", 3, "timeout provided '0s' needs to be between 1 second and 24 hours")]
    [TestCase("timeouts {\n idle 24h1s\n}", 3, "timeout provided '24h0m1s' needs to be between 1 second and 24 hours")]
    [TestCase("timeouts {\n idle -5s\n}", 3, "timeout provided '-5s' needs to be between 1 second and 24 hours")]
    [TestCase("timeouts {\n maxtcpqueries 0\n}", 3, "maxtcpqueries must be a positive integer or -1: '0'")]
    [TestCase("timeouts {\n maxtcpqueries -2\n}", 3, "maxtcpqueries must be a positive integer or -1: '-2'")]
    [TestCase("timeouts {\n maxtcpqueries x\n}", 3, "maxtcpqueries must be a positive integer or -1: 'x'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(TimeoutsDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));
}
