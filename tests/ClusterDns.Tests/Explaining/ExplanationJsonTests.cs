using System.Text.Json;
using ClusterDns.Explaining;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Explaining;

/// <summary>What a program gets, for names that other plugins than the cluster's decided about.</summary>
[TestFixture]
internal sealed class ExplanationJsonTests
{
    private const string Corefile = """
        .:0 {
            dns64
            any
            kubernetes cluster.local
            k8s_external example.org
            aaaa never
            forward . UPSTREAM
        }
        """;

    private const string Manifests = """
        apiVersion: v1
        kind: Namespace
        metadata: { name: shop }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: web, namespace: shop }
        spec: { clusterIP: 10.96.0.1, externalIPs: [192.0.2.10], ports: [{ name: http, protocol: TCP, port: 80 }] }
        """;

    private ExplainedServer _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await ExplainedServer.StartAsync(Corefile, Manifests);

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [TestCase("web.shop.example.org.", "A", null, "k8s_external NOERROR resolved shop/web: A 192.0.2.10")]
    [TestCase("web.shop.example.org.", "AAAA", "2001:db8::1", "dns64 NOERROR resolved shop/web: AAAA 64:ff9b::c000:20a")]
    [TestCase("web.shop.example.org.", "AAAA", null, "k8s_external NOERROR shop/web: ")]
    [TestCase("shop.example.org.", "A", null, "k8s_external NOERROR /shop: ")]
    [TestCase("wbe.shop.example.org.", "A", null, "k8s_external NXDOMAIN: ")]
    [TestCase("example.com.", "AAAA", null, "aaaa NOERROR: ")]
    [TestCase("example.com.", "ANY", null, "any NOERROR resolved: HINFO \"ANY obsoleted\" \"See RFC 8482\"")]
    public async Task Write_NameOfAPlugin_HasItsFields(string name, string type, string? from, string expected)
    {
        Mnemonic.TryParse(type, out RecordType wanted);
        var result = await _server.Explainer.ExplainAsync(new ExplainRequest(name, wanted, from), CancellationToken.None);
        using var json = JsonDocument.Parse(ExplanationJson.Write(result.Explanation!));
        var only = json.RootElement.GetProperty("names")[0];
        var found = only.GetProperty("object");
        var place = found.ValueKind == JsonValueKind.Null ? "" : $" {found.GetProperty("namespace").GetString()}/{found.GetProperty("name").GetString()}";
        var resolved = json.RootElement.GetProperty("resolved").GetBoolean() ? " resolved" : "";
        var answers = string.Join(", ", only.GetProperty("answers").EnumerateArray().Select(answer => answer.GetString()));

        Assert.That(
            $"{only.GetProperty("plugin").GetString()} {only.GetProperty("status").GetString()}{resolved}{place}: {answers}",
            Is.EqualTo(expected));
        Assert.That(only.GetProperty("reason").GetString(), Is.Not.Empty);
        Assert.That(
            json.RootElement.GetProperty("advice").GetString(),
            Is.EqualTo(only.GetProperty("advice").GetString()),
            "of one name, its advice is the whole one");
    }
}
