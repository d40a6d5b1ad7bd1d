using ClusterDns.Plugins.Debug;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Debug;

[TestFixture]
internal sealed class DebugDirectiveTests
{
    [Test]
    public async Task Start_ThenStop_SwitchesDebugLinesOnAndOff()
    {
        await using var fixture = new PluginFixture(DebugDirective.Descriptor, "debug");
        var atFirst = fixture.Services.Debug.IsOn;
        await fixture.StartAsync();
        var running = fixture.Services.Debug.IsOn;
        await fixture.StopAsync();

        Assert.That((atFirst, running, fixture.Services.Debug.IsOn), Is.EqualTo((false, true, false)));
    }

    [Test]
    public async Task Stop_NeverStarted_TakesNothingFromTheRunningConfiguration()
    {
        await using var fixture = new PluginFixture(DebugDirective.Descriptor, "debug");
        fixture.Services.Debug.Hold();
        await fixture.StopAsync();

        Assert.That(fixture.Services.Debug.IsOn, Is.True);
    }

    [Test]
    public async Task SetUp_AsksForStackTraces()
    {
        await using var fixture = new PluginFixture(DebugDirective.Descriptor, "debug");

        Assert.That(fixture.Block.LogStackTraces, Is.True);
    }

    [TestCase("debug x", "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("debug {\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(DebugDirective.Descriptor, line),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));
}
