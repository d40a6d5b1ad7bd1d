using ClusterDns.Plugins.Top;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Top;

[TestFixture]
internal sealed class TopDirectiveTests
{
    [Test]
    public void Parse_NothingSaid_LooksAtFewAndShowsNothing() =>
        Assert.That(Parse("top"), Is.EqualTo(new TopOptions { Address = null, Sample = TopOptions.DefaultSample, Exports = false }));

    [Test]
    public void Parse_EverythingSaid_IsTakenOver() =>
        Assert.That(
            Parse("top localhost:9154 {\n sample 16\n export\n }"),
            Is.EqualTo(new TopOptions { Address = "localhost:9154", Sample = 16, Exports = true }));

    [TestCase("top a:b", "example.org:2 - Error during parsing: address a:b: invalid port")]
    [TestCase("top :1 :2", ":2 - Error during parsing: Wrong argument count or unexpected line ending after ':2'")]
    [TestCase("top {\n sample 0\n }", ":3 - Error during parsing: '0' is not a whole number from 1 to 65536")]
    [TestCase("top {\n sample 65537\n }", ":3 - Error during parsing: '65537' is not a whole number from 1 to 65536")]
    [TestCase("top {\n sample\n }", ":3 - Error during parsing: Wrong argument count or unexpected line ending after 'sample'")]
    [TestCase("top {\n export yes\n }", ":3 - Error during parsing: Wrong argument count or unexpected line ending after 'yes'")]
    [TestCase("top {\n window 5m\n }", ":3 - Error during parsing: unknown property 'window'")]
    public void Parse_Mistake_IsToldWithItsLine(string lines, string expected) =>
        Assert.That(PluginFixture.ErrorOf(TopDirective.Descriptor, lines), Does.EndWith(expected[expected.IndexOf(':')..]));

    [Test]
    public async Task SetUp_WithoutAnAddress_ServesNoPage()
    {
        await using var fixture = new PluginFixture(TopDirective.Descriptor, "top");
        Assert.That(fixture.Configuration.Pages, Is.Empty);
    }

    [Test]
    public async Task SetUp_NeverStarted_SamplesNothing()
    {
        await using var fixture = new PluginFixture(TopDirective.Descriptor, "top {\n sample 1\n }");
        fixture.Ask(ClusterDns.Testing.QueryFactory.Ask("example.org", ClusterDns.Wire.RecordType.A));
        Assert.That(fixture.Services.TopTalkers.Read().Sample, Is.Zero);
    }

    private static TopOptions Parse(string line) => TopDirective.Parse(PluginFixture.ParseOne(line));
}
