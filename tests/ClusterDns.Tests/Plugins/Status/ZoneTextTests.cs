using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

[TestFixture]
internal sealed class ZoneTextTests
{
    private const string Address = "127.0.0.1:0";

    [Test]
    public async Task Zone_OfTheExample_IsWhatIsAnswered()
    {
        await using var server = await RunningServer.StartAsync(
            ".:0 {\n bind 127.0.0.1\n status 127.0.0.1:0\n kubernetes cluster.local\n whoami\n}", RepositoryFiles.PathOf("deploy/example"));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var text = await client.GetStringAsync(new Uri($"http://{server.PageEndpoint(Address)}/zone?name=Cluster.Local"));
        var lines = text.Split('\n');
        TestContext.Out.WriteLine(text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines[0], Is.EqualTo("$ORIGIN cluster.local."));
            Assert.That(lines[1], Does.Match(@"^cluster\.local\. 5 IN SOA ns\.dns\.cluster\.local\. "));
            Assert.That(lines, Has.Some.Match(@"^kubernetes\.default\.svc\.cluster\.local\. 5 IN A 10\."));
            Assert.That(lines, Has.Some.Match(@"^_https\._tcp\.kubernetes\.default\.svc\.cluster\.local\. 5 IN SRV "));
            Assert.That(lines, Has.Some.Match(@" IN CNAME "));
            Assert.That(lines[^2], Does.StartWith("; end of the zone"));
            Assert.That(lines.Where(line => line.Contains(" IN A ", StringComparison.Ordinal)), Is.Unique);
        }
    }

    [TestCase("")]
    [TestCase("?name=example.org")]
    [TestCase("?name=a..b")]
    public async Task Zone_ThatNoClusterHas_NotFound(string words)
    {
        await using var server = await RunningServer.StartAsync(".:0 {\n bind 127.0.0.1\n status 127.0.0.1:0\n whoami\n}");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var reply = await client.GetAsync(new Uri($"http://{server.PageEndpoint(Address)}/zone{words}"));
        Assert.That((int)reply.StatusCode, Is.EqualTo(404));
    }
}
