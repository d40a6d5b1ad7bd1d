using System.Security.Cryptography;
using ClusterDns.Testing;
using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

internal sealed class UpstreamTlsTests : UpstreamFixture
{
    private const string ServerName = "dns.example.org";

    private FakeCertificates _certificates = null!;

    [SetUp]
    public void GiveCertificates() => Upstream.Certificates = _certificates = new FakeCertificates(ServerName);

    [TearDown]
    public void DeleteCertificates() => _certificates.Dispose();

    [Test]
    public async Task Exchange_TrustedServer_IsAnsweredOverTlsWhateverTheProtocol()
    {
        await using var client = TlsClient();

        ExpectAddress(await AskUdp(client));
        ExpectAddress(await AskTcp(client));

        Assert.That(Upstream.Received.Select(query => (query.Protocol, query.Connection)), Is.All.EqualTo((FakeProtocol.Tls, 1)));
    }

    [Test]
    public async Task Exchange_ServerNamedByItsAddress_IsAnswered()
    {
        using var certificates = new FakeCertificates();
        Upstream.Certificates = certificates;
        await using var client = TlsClient("127.0.0.1", Read(certificates.AuthorityPath));

        ExpectAddress(await AskTcp(client));
    }

    [Test]
    public async Task Exchange_ThousandAtOnceOverOneConnection_EachGetsItsOwnAnswer()
    {
        Upstream.Script = query => [new FakeAction.Send(query.Answer($"{query.Name} 30 A {AddressOf(query.Name)}"))];
        await using var client = TlsClient(options: new UpstreamOptions { MaxConnections = 1 });

        var replies = await Task.WhenAll(NumberedNames(1000).Select(name => AskTcp(client, Packet(name))));

        Assert.That(replies.Select(reply => reply.Addresses.Single()), Is.EqualTo(NumberedNames(1000).Select(AddressOf)));
        Assert.That(Upstream.AcceptedConnections, Is.EqualTo(1));
        Assert.That(Upstream.Received.Select(query => query.Id), Is.Unique);
    }

    [Test]
    public async Task Exchange_AuthorityUnknown_IsInsecure()
    {
        using var others = new FakeCertificates(ServerName);
        await using var client = TlsClient(authorities: Read(others.AuthorityPath));

        await ExpectInsecure(client, "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    }

    [Test]
    public async Task Exchange_AuthorityUnknownToTheSystem_IsInsecure()
    {
        await using var client = new UpstreamClient(
            new UpstreamTarget(Upstream.Endpoint, UpstreamTls.Create(ServerName)), new UpstreamOptions(), Clock);

        await ExpectInsecure(client, "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    }

    [Test]
    public async Task Exchange_CertificateOfAnotherServer_IsInsecure()
    {
        await using var client = TlsClient("dns.example.com");

        await ExpectInsecure(
            client,
            "tls: failed to verify certificate: x509: certificate is valid for dns.example.org, not dns.example.com");
    }

    [Test]
    public async Task Exchange_ServerWithoutTls_IsInsecure()
    {
        Upstream.Certificates = null;
        Upstream.GreetsWith = "SSH-2.0-sorry\r\n"u8.ToArray();
        await using var client = TlsClient();

        var reply = await AskTcp(client);

        Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.InsecureConnection));
        Assert.That(reply.Error, Does.StartWith("tls: "));
    }

    [Test]
    public async Task Exchange_ServerThatHangsUpDuringTheHandshake_IsLost()
    {
        Upstream.Certificates = null;
        Upstream.GreetsWith = [];
        await using var client = TlsClient();

        var asking = AskTcp(client);
        await Eventually.IsTrue(() => Upstream.OpenConnections == 1, "it connects");
        Upstream.CloseConnections();

        Assert.That((await asking).Outcome, Is.EqualTo(UpstreamOutcome.ConnectionLost));
        Assert.That((await asking).Error, Does.Match($@"^read tcp 127\.0\.0\.1:\d+->{Upstream.Endpoint}: EOF$"));
    }

    [Test]
    public async Task Exchange_SilenceInsteadOfAHandshake_TimesOutAndTheNextConnectsAnew()
    {
        Upstream.IgnoresConnections = true;
        await using var client = TlsClient();

        var asking = AskTcp(client);
        await Eventually.IsTrue(() => Upstream.OpenConnections == 1, "it connects");
        Clock.Advance(Timeout);
        Upstream.IgnoresConnections = false;

        Assert.That((await asking).Outcome, Is.EqualTo(UpstreamOutcome.TimedOut));
        ExpectAddress(await AskTcp(client));
    }

    [Test]
    public async Task Exchange_ClientCertificateAskedFor_IsShown()
    {
        Upstream.RequiresClientCertificate = true;
        var tls = UpstreamTls.Create(
            ServerName, Read(_certificates.AuthorityPath), Read(_certificates.ClientCertificatePath), Read(_certificates.ClientKeyPath));
        await using var client = new UpstreamClient(new UpstreamTarget(Upstream.Endpoint, tls), new UpstreamOptions(), Clock);

        ExpectAddress(await AskTcp(client));
    }

    [Test]
    public async Task Exchange_ClientCertificateMissing_IsNotAnswered()
    {
        Upstream.RequiresClientCertificate = true;
        await using var client = TlsClient();

        // Which of the two depends on whether the alert or the end of the connection is seen first.
        Assert.That(
            (await AskTcp(client)).Outcome,
            Is.EqualTo(UpstreamOutcome.InsecureConnection).Or.EqualTo(UpstreamOutcome.ConnectionLost));
        Assert.That(Upstream.Received, Is.Empty);
    }

    [Test]
    public async Task Exchange_ConnectionEndedWhileIdle_CostsNoQuery()
    {
        await using var client = TlsClient();
        for (var i = 0; i < 5; i++)
        {
            ExpectAddress(await AskTcp(client));
            Upstream.CloseConnections();
        }

        ExpectAddress(await AskTcp(client));
    }

    [Test]
    public async Task Dispose_Always_ClosesTheConnections()
    {
        var client = TlsClient();
        ExpectAddress(await AskTcp(client));

        await client.DisposeAsync();

        Assert.That(client.ReadCounters().OpenConnections, Is.Zero);
        await Eventually.IsTrue(() => Upstream.OpenConnections == 0, "the server sees them end");
    }

    [TestCase("no PEM", null, null)]
    [TestCase(null, "no PEM", null)]
    public void Create_TextThatHoldsNothing_IsAnError(string? authorities, string? certificate, string? key) =>
        Assert.That(() => UpstreamTls.Create(ServerName, authorities, certificate, key), Throws.InstanceOf<CryptographicException>());

    private UpstreamClient TlsClient(string serverName = ServerName, string? authorities = null, UpstreamOptions? options = null)
    {
        var tls = UpstreamTls.Create(serverName, authorities ?? Read(_certificates.AuthorityPath));
        return new UpstreamClient(new UpstreamTarget(Upstream.Endpoint, tls), options ?? new UpstreamOptions(), Clock);
    }

    private async Task ExpectInsecure(UpstreamClient client, string error)
    {
        var reply = await AskTcp(client);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(reply.Outcome, Is.EqualTo(UpstreamOutcome.InsecureConnection));
            Assert.That(reply.Error, Is.EqualTo(error));
            Assert.That(Upstream.Received, Is.Empty);
        }
    }

    private static string Read(string path) => File.ReadAllText(path);
}
