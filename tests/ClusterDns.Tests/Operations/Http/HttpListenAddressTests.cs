using System.Net;
using ClusterDns.Operations.Http;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations.Http;

[TestFixture]
internal sealed class HttpListenAddressTests
{
    [TestCase("0.0.0.0:8080", "0.0.0.0:8080")]
    [TestCase("127.0.0.1:9153", "127.0.0.1:9153")]
    [TestCase("[::1]:9153", "[::1]:9153")]
    [TestCase("[::]:0", "[::]:0")]
    [TestCase("localhost:9153", "127.0.0.1:9153")]
    public async Task Address_WellFormed_IsTheEndpointItSays(string text, string expected)
    {
        Assert.That(HttpListenAddress.TryParse(text, out var address, out _), Is.True);
        Assert.That(await address!.ResolveAsync(CancellationToken.None), Is.EqualTo(IPEndPoint.Parse(expected)));
    }

    [Test]
    public async Task Address_WithoutHost_IsEveryAddress()
    {
        Assert.That(HttpListenAddress.TryParse(":8080", out var address, out _), Is.True);
        var endpoint = await address!.ResolveAsync(CancellationToken.None);

        Assert.That(endpoint.Address, Is.AnyOf(IPAddress.IPv6Any, IPAddress.Any));
    }

    [TestCase("8080", "address 8080: missing port in address")]
    [TestCase("", "address : missing port in address")]
    [TestCase("localhost", "address localhost: missing port in address")]
    [TestCase("[::1]", "address [::1]: missing port in address")]
    [TestCase("::1:9153", "address ::1:9153: too many colons in address")]
    [TestCase(":http", "address :http: invalid port")]
    [TestCase(":", "address :: invalid port")]
    [TestCase("1\u000e7.0.0.1:8080", "address 1\u000e7.0.0.1:8080: no such host")]
    [TestCase("a b:8080", "address a b:8080: no such host")]
    [TestCase("[web]x:8080", "address [web]x:8080: no such host")]
    [TestCase(":-1", "address :-1: invalid port")]
    [TestCase(":65536", "address :65536: invalid port")]
    public void Address_Malformed_IsToldInCoreDnsWords(string text, string expected)
    {
        Assert.That(HttpListenAddress.TryParse(text, out _, out var mistake), Is.False);
        Assert.That(mistake, Is.EqualTo(expected));
    }
}
