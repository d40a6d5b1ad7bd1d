using System.Text;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>What clients are told of failures: a code, and a few words of ours.</summary>
[TestFixture]
internal sealed class ExtendedErrorsTests
{
    private const int MostOctets = 48;

    [TestCase(FailureReason.NotReady, 14, "names are not read yet")]
    [TestCase(FailureReason.NoUpstream, 22, "no upstream to ask")]
    [TestCase(FailureReason.UpstreamTimedOut, 22, "upstream timed out")]
    [TestCase(FailureReason.UpstreamUnreachable, 22, "upstream unreachable")]
    [TestCase(FailureReason.ConnectionLost, 23, "connection to upstream lost")]
    [TestCase(FailureReason.InsecureConnection, 23, "no secure connection to upstream")]
    [TestCase(FailureReason.MalformedReply, 23, "upstream sent a malformed reply")]
    public void Of_AReason_IsItsCodeAndWords(FailureReason reason, int code, string text)
    {
        var data = ExtendedErrors.Of(reason);
        Assert.That(((data[0] << 8) | data[1], Encoding.UTF8.GetString(data[2..])), Is.EqualTo((code, text)));
    }

    [Test]
    public void Of_EachReason_IsBoundedAndOnlyNoneIsEmpty()
    {
        foreach (var reason in Enum.GetValues<FailureReason>())
        {
            var length = ExtendedErrors.Of(reason).Length;
            Assert.That(length, reason == FailureReason.None ? Is.Zero : Is.InRange(3, MostOctets), $"{reason}");
        }
    }
}
