using System.Globalization;
using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class GoDurationTests
{
    [TestCase("0", "00:00:00")]
    [TestCase("0s", "00:00:00")]
    [TestCase("5s", "00:00:05")]
    [TestCase("500ms", "00:00:00.5")]
    [TestCase("1m30s", "00:01:30")]
    [TestCase("1h", "01:00:00")]
    [TestCase("1.5h", "01:30:00")]
    [TestCase(".5s", "00:00:00.5")]
    [TestCase("1.s", "00:00:01")]
    [TestCase("48h1m1s1ms", "2.00:01:01.001")]
    [TestCase("1us", "00:00:00.000001")]
    [TestCase("1µs1μs", "00:00:00.000002")]
    [TestCase("199ns", "00:00:00.0000001")]
    [TestCase("1s1s", "00:00:02")]
    public void Text_OfADuration_IsRead(string text, string expected)
    {
        Assert.That(GoDuration.TryParse(text, out var duration), Is.True);
        Assert.That(duration, Is.EqualTo(TimeSpan.Parse(expected, CultureInfo.InvariantCulture)));
    }

    [Test]
    public void Text_OfTheLongestDuration_IsReadAndALongerOneIsNot()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(GoDuration.TryParse("2562047h", out _), Is.True);
            Assert.That(GoDuration.TryParse("2562048h", out _), Is.False);
            Assert.That(GoDuration.TryParse("2562047h2562047h", out _), Is.False);
            Assert.That(GoDuration.TryParse("79228162514264337593543950335h", out _), Is.False);
            Assert.That(GoDuration.TryParse(new string('9', 100) + "ns", out _), Is.False);
        }
    }

    [Test]
    public void Text_OfAnythingElse_IsRefused(
        [Values("", "5", "s", ".s", "1.2.3s", "5d", "5S", "5 s", " 5s", "5s ", "-5s", "5sm", "5s3", "1e3s", "٣s")]
        string text)
    {
        Assert.That(GoDuration.TryParse(text, out _), Is.False);
    }
}
