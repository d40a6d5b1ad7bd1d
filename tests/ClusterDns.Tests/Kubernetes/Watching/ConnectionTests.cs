using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Kubernetes.Watching.Connection;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>How the API server is found and who we are to it.</summary>
public sealed class ConnectionTests
{
    private static readonly InClusterAccess Nowhere = new(null, null, "");
    private string _directory = "";

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("clusterdns-connection").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase(null, null)]
    [TestCase("10.0.0.1", null)]
    [TestCase("", "443")]
    public void InCluster_VariablesMissing_SaysWhichMustBeDefined(string? host, string? port) => Assert.That(
        () => Open(new ClusterSourceOptions(), new InClusterAccess(host, port, _directory)),
        Throws.InstanceOf<ClusterSourceException>().With.Message.EqualTo(
            "unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined"));

    [Test]
    public void InCluster_FilesMissing_NamesTheFile() => Assert.That(
        () => Open(new ClusterSourceOptions(), new InClusterAccess("10.0.0.1", "443", _directory)),
        Throws.InstanceOf<ClusterSourceException>().With.Message.StartsWith($"unable to read {_directory}/token: "));

    [Test]
    public async Task InCluster_ServiceAccount_SendsItsTokenOverHttp2()
    {
        using var certificates = new FakeCertificates();
        await using var server = await FakeApiServer.StartAsync(new FakeApiServerOptions { Certificates = certificates });
        server.RequiredToken = "first";
        using var connection = Open(new ClusterSourceOptions(), ServiceAccount(server, certificates, "first"));
        using var answer = await GetAsync(connection);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            Assert.That(server.Requests[0].Protocol, Is.EqualTo("HTTP/2"));
        }
    }

    [Test]
    public async Task InCluster_TokenRefused_IsReadAgainForTheNextRequest()
    {
        using var certificates = new FakeCertificates();
        await using var server = await FakeApiServer.StartAsync(new FakeApiServerOptions { Certificates = certificates });
        server.RequiredToken = "second";
        using var connection = Open(new ClusterSourceOptions(), ServiceAccount(server, certificates, "first"));
        var statuses = new List<int>();
        for (var count = 0; count < 2; count++)
        {
            using var answer = await GetAsync(connection);
            statuses.Add((int)answer.StatusCode);
            await File.WriteAllTextAsync(Path.Combine(_directory, "token"), "second\n");
        }

        Assert.That(statuses, Is.EqualTo(new[] { 401, 200 }));
    }

    [Test]
    public async Task Token_YoungerThanItsLifetime_IsNotReadAgain()
    {
        var path = Path.Combine(_directory, "token");
        var time = new SteppedTime();
        var token = new TokenFile(path, TimeSpan.FromMinutes(1), time);
        var read = new List<string?>();
        foreach (var (text, step) in new[] { ("a", 0), ("b", 59), ("c", 1), ("d", 59) })
        {
            await File.WriteAllTextAsync(path, text);
            time.Step(TimeSpan.FromSeconds(step));
            read.Add((await token.GetAuthenticationHeaderAsync(CancellationToken.None)).Parameter);
        }

        Assert.That(read, Is.EqualTo(new[] { "a", "a", "c", "c" }));
    }

    [Test]
    public async Task Endpoint_ClientCertificate_IsShown()
    {
        using var certificates = new FakeCertificates();
        await using var server = await FakeApiServer.StartAsync(new FakeApiServerOptions
        {
            Certificates = certificates,
            RequiresClientCertificate = true,
        });
        using var connection = Open(WithCertificate(server, certificates), Nowhere);
        using var answer = await GetAsync(connection);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
    }

    /// <summary>
    /// The same authority signs the kubelets' certificates: one of these must not do for the API server.
    /// </summary>
    [Test]
    public async Task Endpoint_CertificateForAnotherHost_IsRefused()
    {
        using var certificates = new FakeCertificates(serverName: "node-1.example.org");
        await using var server = await FakeApiServer.StartAsync(new FakeApiServerOptions { Certificates = certificates });
        using var connection = Open(WithCertificate(server, certificates), Nowhere);
        Assert.That(
            async () => await GetAsync(connection),
            Throws.InstanceOf<HttpRequestException>().With.InnerException.Message.Contain("RemoteCertificateNameMismatch"));
    }

    [Test]
    public async Task Endpoint_CertificateOfAnotherAuthority_IsRefused()
    {
        using var certificates = new FakeCertificates();
        using var others = new FakeCertificates();
        await using var server = await FakeApiServer.StartAsync(new FakeApiServerOptions { Certificates = others });
        using var connection = Open(WithCertificate(server, certificates), Nowhere);
        Assert.That(async () => await GetAsync(connection), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Endpoint_NoAuthorityGiven_TrustsTheSystemsAndNotOurs()
    {
        using var certificates = new FakeCertificates();
        await using var server = await FakeApiServer.StartAsync(new FakeApiServerOptions { Certificates = certificates });
        using var connection = Open(new ClusterSourceOptions { Endpoint = server.Url.ToString() }, Nowhere);
        Assert.That(async () => await GetAsync(connection), Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase("localhost:8080")]
    [TestCase("ftp://10.0.0.1")]
    [TestCase("/no/url")]
    [TestCase("")]
    public void Endpoint_NoUrl_IsRefused(string endpoint) => Assert.That(
        () => Open(new ClusterSourceOptions { Endpoint = endpoint }, Nowhere),
        Throws.InstanceOf<ClusterSourceException>().With.Message.Contain($"endpoint {endpoint} is not a URL"));

    [Test]
    public void Endpoint_CertificateFilesMissing_NamesTheFile() => Assert.That(
        () => Open(
            new ClusterSourceOptions { Endpoint = "https://10.0.0.1", Certificate = new ClientCertificateFiles("/no/a.crt", "/no/a.key", "/no/ca.crt") },
            Nowhere),
        Throws.InstanceOf<ClusterSourceException>().With.Message.StartsWith("unable to read /no/a.crt: "));

    [Test]
    public async Task Endpoint_AuthorityFileWithoutCertificate_IsRefused()
    {
        using var certificates = new FakeCertificates();
        var empty = Path.Combine(_directory, "ca.crt");
        await File.WriteAllTextAsync(empty, "nothing here");
        var files = new ClientCertificateFiles(certificates.ClientCertificatePath, certificates.ClientKeyPath, empty);
        Assert.That(
            () => Open(new ClusterSourceOptions { Endpoint = "https://10.0.0.1", Certificate = files }, Nowhere),
            Throws.InstanceOf<ClusterSourceException>().With.Message.EqualTo($"{empty} holds no certificate"));
    }

    [Test]
    public async Task Endpoint_PathInUrl_IsKept()
    {
        await using var server = await FakeApiServer.StartAsync();
        using var connection = Open(new ClusterSourceOptions { Endpoint = $"{server.Url}k8s/clusters/one" }, Nowhere);
        using var answer = await GetAsync(connection);
        Assert.That(answer.RequestMessage!.RequestUri!.AbsolutePath, Is.EqualTo("/k8s/clusters/one/api/v1/services"));
    }

    [TestCase(null, "current")]
    [TestCase("other", "other")]
    public async Task Kubeconfig_Context_ChoosesServerAndToken(string? context, string token)
    {
        await using var server = await FakeApiServer.StartAsync();
        server.RequiredToken = token;
        using var connection = Open(
            new ClusterSourceOptions { KubeconfigPath = Kubeconfig(server.Url), KubeconfigContext = context, Endpoint = "http://127.0.0.1:1" },
            Nowhere);
        using var answer = await GetAsync(connection);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), "the kubeconfig wins over the endpoint");
    }

    /// <summary>A relative path begins at the kubeconfig, and the file wins over a token beside it.</summary>
    [Test]
    public async Task Kubeconfig_TokenFile_IsReadAgainWhenItsTokenIsRefused()
    {
        await using var server = await FakeApiServer.StartAsync();
        var token = Path.Combine(_directory, "of-the-user");
        var path = Path.Combine(_directory, "config");
        await File.WriteAllTextAsync(token, "first\n");
        await File.WriteAllTextAsync(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: one
            clusters: [{name: c, cluster: {server: "{{server.Url}}"} }]
            contexts: [{name: one, context: {cluster: c, user: u} }]
            users:
            - name: other
              user: {tokenFile: nowhere}
            - name: u
              user: {tokenFile: of-the-user, token: beside}
            """);
        using var connection = Open(new ClusterSourceOptions { KubeconfigPath = path }, Nowhere);
        var codes = new List<int>();
        foreach (var required in new[] { "first", "second", "second" })
        {
            server.RequiredToken = required;
            await File.WriteAllTextAsync(token, required);
            using var answer = await GetAsync(connection);
            codes.Add((int)answer.StatusCode);
        }

        Assert.That(codes, Is.EqualTo(new[] { 200, 401, 200 }));
    }

    [Test]
    public void Kubeconfig_TokenFileMissing_IsNamed()
    {
        var path = Path.Combine(_directory, "config");
        File.WriteAllText(path, """
            current-context: one
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            contexts: [{name: one, context: {cluster: c, user: u}}]
            users: [{name: u, user: {tokenFile: nowhere}}]
            """);
        Assert.That(
            () => Open(new ClusterSourceOptions { KubeconfigPath = path }, Nowhere),
            Throws.InstanceOf<ClusterSourceException>().With.Message.StartsWith($"unable to read {Path.Combine(_directory, "nowhere")}: "));
    }

    [Test]
    public void Kubeconfig_Missing_NamesTheFile() => Assert.That(
        () => Open(new ClusterSourceOptions { KubeconfigPath = "/no/config" }, Nowhere),
        Throws.InstanceOf<ClusterSourceException>().With.Message.StartsWith("unable to load kubeconfig /no/config: "));

    [Test]
    public void Kubeconfig_UnknownContext_NamesIt() => Assert.That(
        () => Open(new ClusterSourceOptions { KubeconfigPath = Kubeconfig(new Uri("http://127.0.0.1:1")), KubeconfigContext = "none" }, Nowhere),
        Throws.InstanceOf<ClusterSourceException>().With.Message.Contain("none"));

    [TestCase("")]
    [TestCase("\t: [")]
    [TestCase("apiVersion: v1")]
    [TestCase("contexts: 5")]
    public void Kubeconfig_OfWrongShape_IsRefusedInOneSentence(string text)
    {
        var path = Path.Combine(_directory, "config");
        File.WriteAllText(path, text);
        Assert.That(
            () => Open(new ClusterSourceOptions { KubeconfigPath = path }, Nowhere),
            Throws.InstanceOf<ClusterSourceException>().With.Message.StartsWith($"unable to load kubeconfig {path}: "));
    }

    private static ApiServerConnection Open(ClusterSourceOptions options, InClusterAccess access) =>
        ApiServerConnection.Open(options, access, new WatchLimits(), TimeProvider.System);

    private static async Task<HttpResponseMessage> GetAsync(ApiServerConnection connection)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await connection.GetAsync("api/v1/services?limit=1", deadline.Token);
    }

    private static ClusterSourceOptions WithCertificate(FakeApiServer server, FakeCertificates certificates) => new()
    {
        Endpoint = server.Url.ToString(),
        Certificate = new ClientCertificateFiles(certificates.ClientCertificatePath, certificates.ClientKeyPath, certificates.AuthorityPath),
    };

    private InClusterAccess ServiceAccount(FakeApiServer server, FakeCertificates certificates, string token)
    {
        File.WriteAllText(Path.Combine(_directory, "token"), token + "\n");
        File.Copy(certificates.AuthorityPath, Path.Combine(_directory, "ca.crt"));
        return new InClusterAccess(server.Url.Host, server.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), _directory);
    }

    private string Kubeconfig(Uri server)
    {
        var path = Path.Combine(_directory, "config");
        File.WriteAllText(path, $$"""
            apiVersion: v1
            kind: Config
            current-context: one
            clusters: [{name: c, cluster: {server: "{{server}}"} }]
            users: [{name: current, user: {token: current} }, {name: other, user: {token: other} }]
            contexts: [{name: one, context: {cluster: c, user: current} }, {name: other, context: {cluster: c, user: other} }]
            """);
        return path;
    }
}
