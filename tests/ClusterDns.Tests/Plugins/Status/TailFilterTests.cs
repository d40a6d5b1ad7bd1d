using ClusterDns.Plugins.Status.Tail;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class TailFilterTests
{
    // The query: WWW.Example.org. AAAA from 10.244.0.5, answered NXDOMAIN.
    [TestCase("", "", "", "", ExpectedResult = true)]
    [TestCase("w.eXample", "", "", "", ExpectedResult = true)]
    [TestCase("org.", "", "", "", ExpectedResult = true)]
    [TestCase("example.com", "", "", "", ExpectedResult = false)]
    [TestCase("", "aaaa", "", "", ExpectedResult = true)]
    [TestCase("", "TYPE28", "", "", ExpectedResult = true)]
    [TestCase("", "A", "", "", ExpectedResult = false)]
    [TestCase("", "", "nxdomain", "", ExpectedResult = true)]
    [TestCase("", "", "NOERROR", "", ExpectedResult = false)]
    [TestCase("", "", "", "10.244.0.5", ExpectedResult = true)]
    [TestCase("", "", "", "10.244.0.6", ExpectedResult = false)]
    [TestCase("www", "AAAA", "NXDOMAIN", "10.244.0.5", ExpectedResult = true)]
    public bool Filter_EachWord_MustFit(string part, string type, string code, string client)
    {
        Assert.That(TailFilter.TryParse(part, type, code, client, out var filter, out var mistake), Is.True, mistake);
        using var query = QueryFactory.Ask("WWW.Example.org.", RecordType.AAAA);
        return filter!.LetsThrough(query, ServeResult.Failed(ResponseCode.NameError));
    }

    [Test]
    public void Filter_ByRcode_HasNoneForADroppedQuery()
    {
        TailFilter.TryParse("", "", "NOERROR", "", out var filter, out _);
        using var query = QueryFactory.Ask("example.org.", RecordType.A);

        Assert.That(filter!.LetsThrough(query, ServeResult.Dropped), Is.False);
    }
}
