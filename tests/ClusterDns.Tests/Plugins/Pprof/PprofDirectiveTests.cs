using ClusterDns.Plugins.Pprof;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Pprof;

[TestFixture]
internal sealed class PprofDirectiveTests
{
    [TestCase("pprof")]
    [TestCase("pprof localhost:6060")]
    [TestCase("pprof {\n block\n}")]
    [TestCase("pprof :6060 {\n block 10\n}")]
    public async Task SetUp_AnyForm_SaysThatItDoesNothing(string lines)
    {
        await using var fixture = new PluginFixture(PprofDirective.Descriptor, lines);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Log.Lines, Is.EqualTo([
                "[Information] plugin/pprof: profiles of the Go runtime do not exist here and no address is opened; "
                + "'prometheus' with 'runtime_metrics' shows memory and threads",
            ]));
            Assert.That((fixture.Block.Plugins, fixture.Configuration.Pages), Is.EqualTo((Array.Empty<object>(), Array.Empty<object>())));
        }
    }

    [TestCase("pprof a:1 b:1", 2, "Wrong argument count or unexpected line ending after 'b:1'")]
    [TestCase("pprof 6060", 2, "address 6060: missing port in address")]
    [TestCase("pprof {\n mutex\n}", 3, "unknown property 'mutex'")]
    [TestCase("pprof {\n block 1 2\n}", 3, "Wrong argument count or unexpected line ending after '2'")]
    [TestCase("pprof {\n block often\n}", 3, "invalid block rate 'often': must be a positive integer")]
    [TestCase("pprof {\n block 0\n}", 3, "invalid block rate '0': must be a positive integer")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(PprofDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public void Descriptor_InABlock_IsForOneLine() => Assert.That(PprofDirective.Descriptor.OncePerBlock, Is.True);
}
