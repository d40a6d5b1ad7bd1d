using ClusterDns.Plugins.Errors;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Errors;

[TestFixture]
internal sealed class ErrorsDirectiveTests
{
    [TestCase("errors")]
    [TestCase("errors stdout")]
    [TestCase("errors {\n}")]
    public void Parse_Nothing_LogsEachError(string line)
    {
        var options = ErrorsDirective.Parse(PluginFixture.ParseOne(line));

        Assert.That((options.StackTraces, options.Consolidations.Count), Is.EqualTo((false, 0)));
    }

    [TestCase("", LogLevel.Error, false)]
    [TestCase(" warning", LogLevel.Warning, false)]
    [TestCase(" error", LogLevel.Error, false)]
    [TestCase(" info", LogLevel.Information, false)]
    [TestCase(" debug", LogLevel.Debug, false)]
    [TestCase(" warning show_first", LogLevel.Warning, true)]
    [TestCase(" show_first", LogLevel.Error, true)]
    public void Parse_Consolidate_HasPeriodPatternLevelAndShowFirst(string rest, LogLevel level, bool showFirst)
    {
        var line = $"errors {{\n consolidate 5m \".* i/o timeout$\"{rest}\n}}";
        var options = ErrorsDirective.Parse(PluginFixture.ParseOne(line)).Consolidations.Single();

        Assert.That(
            (options.Period, options.PatternText, options.Level, options.ShowFirst),
            Is.EqualTo((TimeSpan.FromMinutes(5), ".* i/o timeout$", level, showFirst)));
    }

    [TestCase("errors", true)]
    [TestCase("errors {\n extended_errors on\n}", true)]
    [TestCase("errors {\n extended_errors off\n}", false)]
    public async Task SetUp_ExtendedErrors_AreOnUnlessTheyAreOff(string line, bool expected)
    {
        await using var fixture = new PluginFixture(ErrorsDirective.Descriptor, line);

        Assert.That(fixture.Block.HasExtendedErrors, Is.EqualTo(expected));
    }

    [Test]
    public void SetUp_ExtendedErrorsNeitherOnNorOff_IsAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(ErrorsDirective.Descriptor, "errors {\n extended_errors maybe\n}"),
            Is.EqualTo("Corefile:3 - Error during parsing: extended_errors is on or off, not 'maybe'"));

    [Test]
    public async Task SetUp_StackTrace_IsAskedOfTheBlock()
    {
        await using var fixture = new PluginFixture(ErrorsDirective.Descriptor, "errors {\n stacktrace\n}");

        Assert.That(fixture.Block.LogStackTraces, Is.True);
    }

    [TestCase("errors /var/log/x", 2, "invalid log file: /var/log/x")]
    [TestCase("errors stdout x", 2, "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("errors {\n foo\n}", 3, "unknown property 'foo'")]
    [TestCase("errors {\n stacktrace x\n}", 3, "Wrong argument count or unexpected line ending after 'x'")]
    [TestCase("errors {\n consolidate 5m\n}", 3, "Wrong argument count or unexpected line ending after '5m'")]
    [TestCase("errors {\n consolidate 5 x\n}", 3, "time: missing unit in duration \"5\"")]
    [TestCase("errors {\n consolidate 0s x\n}", 3, "consolidate needs a duration between 0 and 24 days: 0s")]
    [TestCase("errors {\n consolidate 1000h x\n}", 3, "consolidate needs a duration between 0 and 24 days: 1000h")]
    [TestCase("errors {\n consolidate 5m x fatal\n}", 3, "unknown log level argument in consolidate: fatal")]
    [TestCase("errors {\n consolidate 5m x error second\n}", 3, "unknown option in consolidate: second")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(ErrorsDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public void Parse_BadPattern_IsAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(ErrorsDirective.Descriptor, "errors {\n consolidate 5m (\n}"),
            Does.StartWith("Corefile:3 - Error during parsing: error parsing regexp: "));
}
