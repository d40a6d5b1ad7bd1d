using ClusterDns.Plugins.Reload;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Reload;

[TestFixture]
internal sealed class ReloadDirectiveTests
{
    [TestCase("reload", 30, 15)]
    [TestCase("reload 10s", 10, 5)]
    [TestCase("reload 1m 20s", 60, 20)]
    [TestCase("reload 2s 0s", 2, 0)]
    [TestCase("reload 4s 1m", 4, 2)]
    public void Parse_Times_AreReadAndJitterIsCapped(string line, int interval, int jitter)
    {
        var expected = new ReloadOptions(TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(jitter));
        Assert.That(ReloadDirective.Parse(PluginFixture.ParseOne(line)), Is.EqualTo(expected));
    }

    [TestCase("reload 1s", "interval value must be greater or equal to 2s")]
    [TestCase("reload 10000h", "interval value must be at most")]
    [TestCase("reload 10s 500ms", "jitter value must be greater or equal to 1s")]
    [TestCase("reload soon", "'soon' is not a duration such as 30s or 1m30s")]
    [TestCase("reload 10s 2s 3s", "Wrong argument count or unexpected line ending after '3s'")]
    [TestCase("reload {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_IsNamedWithItsLine(string line, string message)
    {
        var error = PluginFixture.ErrorOf(ReloadDirective.Descriptor, line);
        Assert.That(error, Does.Contain(":2 - Error during parsing: " + message));
    }

    [Test]
    public async Task SetUp_SeveralLines_LastOfTheFirstBlockIsHeard()
    {
        await using var fixture = new PluginFixture(ReloadDirective.Descriptor, "reload 5s 0s\nreload 7s 0s");
        Assert.That(fixture.Configuration.Reload!.Interval, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(fixture.Block.Plugins, Is.Empty);
    }

    [TestCase(0.0, 25)]
    [TestCase(0.5, 30)]
    [TestCase(1.0, 35)]
    public void Wait_Chance_MovesByHalfTheJitter(double chance, int seconds)
    {
        var options = new ReloadOptions(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
        Assert.That(options.Wait(chance), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }
}
