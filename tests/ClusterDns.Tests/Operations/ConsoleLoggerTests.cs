using ClusterDns.Operations;
using ClusterDns.Testing;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ConsoleLoggerTests
{
    private readonly DebugSwitch _debug = new();

    [TestCase(LogLevel.Information, "[INFO] text")]
    [TestCase(LogLevel.Warning, "[WARNING] text")]
    [TestCase(LogLevel.Error, "[ERROR] text")]
    [TestCase(LogLevel.Critical, "[FATAL] text")]
    public void Line_OfLevel_BeginsWithItsWord(LogLevel level, string expected) =>
        Assert.That(Write("server", logger => logger.Log(level, "text")), Is.EqualTo([expected]));

    [Test]
    public void Line_OfPlugin_NamesIt() =>
        Assert.That(
            Write("plugin/reload", logger => logger.Log(LogLevel.Information, "Running")),
            Is.EqualTo(["[INFO] plugin/reload: Running"]));

    [Test]
    public void DebugLine_SwitchOff_IsLeftOut() =>
        Assert.That(Write("server", logger => logger.LogDebug("text")), Is.Empty);

    [Test]
    public void DebugLine_SwitchHeldByOneOfTwoConfigurations_IsWritten()
    {
        _debug.Hold();
        _debug.Hold();
        _debug.Release();

        Assert.That(Write("server", logger => logger.LogDebug("text")), Is.EqualTo(["[DEBUG] text"]));
    }

    [Test]
    public void Text_WithControlCharacters_StaysOneHarmlessLine() =>
        Assert.That(
            Write("server", logger => logger.LogInformation("{Text}", "a\r\n[ERROR] forged \u001b[2J\u0085\u2028é")),
            Is.EqualTo([@"[INFO] a\u000D\u000A[ERROR] forged \u001B[2J\u0085\u2028é"]));

    [Test]
    public void Exception_WithLineFeedInItsMessage_IsSetInBelowItsLine()
    {
        var lines = Write("server", logger => logger.LogError(new InvalidOperationException("a\n[INFO] b"), "Failed"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Is.EqualTo("[ERROR] Failed"));
            Assert.That(lines.Skip(1), Has.All.StartsWith("    "));
            Assert.That(lines[1], Does.Contain("InvalidOperationException"));
        }
    }

    private IReadOnlyList<string> Write(string category, Action<ILogger> write)
    {
        var stream = new LinesStream();
        using (var output = new LogOutput(stream))
        {
            using var logging = ConsoleLoggerProvider.CreateFactory(output, _debug);
            write(logging.CreateLogger(category));
        }

        return stream.Lines;
    }
}
