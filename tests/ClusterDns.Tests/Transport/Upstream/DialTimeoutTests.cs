using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

internal sealed class DialTimeoutTests
{
    [Test]
    public void Current_NothingKnown_IsTheLongest() =>
        Assert.That(new DialTimeout().Current, Is.EqualTo(UpstreamOptions.LongestDialTimeout));

    [Test]
    public void Current_QuickAttempts_ComesDownToTheShortest() =>
        Assert.That(After(20, TimeSpan.FromMilliseconds(2)).Current, Is.EqualTo(UpstreamOptions.ShortestDialTimeout));

    [Test]
    public void Current_SlowAttempts_IsTwiceTheirAverage() =>
        Assert.That(After(60, TimeSpan.FromSeconds(3)).Current, Is.EqualTo(TimeSpan.FromSeconds(6)).Within(TimeSpan.FromMilliseconds(10)));

    [Test]
    public void Current_AttemptsThatNeverSucceed_StaysAtTheLongest() =>
        Assert.That(After(60, TimeSpan.FromMinutes(1)).Current, Is.EqualTo(UpstreamOptions.LongestDialTimeout));

    private static DialTimeout After(int attempts, TimeSpan each)
    {
        var timeout = new DialTimeout();
        for (var i = 0; i < attempts; i++)
        {
            timeout.Took(each);
        }

        return timeout;
    }
}
