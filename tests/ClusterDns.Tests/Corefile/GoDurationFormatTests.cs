using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class GoDurationFormatTests
{
    [TestCase("0", "0s")]
    [TestCase("5m", "5m0s")]
    [TestCase("90s", "1m30s")]
    [TestCase("1h", "1h0m0s")]
    [TestCase("25h3s", "25h0m3s")]
    [TestCase("1.5s", "1.5s")]
    [TestCase("1100ms", "1.1s")]
    [TestCase("20ms", "20ms")]
    [TestCase("1500us", "1.5ms")]
    [TestCase("1500ns", "1.5µs")]
    [TestCase("300ns", "300ns")]
    [TestCase("-1m", "-1m0s")]
    public void Format_WhatWasParsed_IsGoText(string text, string expected)
    {
        Assert.That(GoDuration.TryParse(text, out var duration, out _), Is.True);
        Assert.That(GoDuration.Format(duration), Is.EqualTo(expected));
    }

    [TestCase("", "time: invalid duration \"\"")]
    [TestCase("-", "time: invalid duration \"-\"")]
    [TestCase("5", "time: missing unit in duration \"5\"")]
    [TestCase("5x", "time: unknown unit \"x\" in duration \"5x\"")]
    [TestCase("5s5", "time: missing unit in duration \"5s5\"")]
    [TestCase("1.2.3s", "time: invalid duration \"1.2.3s\"")]
    [TestCase("99999999999h", "time: invalid duration \"99999999999h\"")]
    public void Parse_Malformed_SaysWhatIsWrong(string text, string expected)
    {
        Assert.That(GoDuration.TryParse(text, out _, out var mistake), Is.False);
        Assert.That(mistake, Is.EqualTo(expected));
    }
}
