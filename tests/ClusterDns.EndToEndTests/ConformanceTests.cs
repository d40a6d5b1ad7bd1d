using System.Text.Json;
using System.Text.Json.Nodes;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Transport;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>
/// The conformance set, asked of whole servers over real sockets: once with the cluster behind an API server, once with
/// the same objects in a manifest file.
/// </summary>
[TestFixture]
internal sealed class ConformanceTests
{
    private static readonly IReadOnlyList<ConformanceCase> Cases = ConformanceSet.Load();

    [Test]
    public async Task ApiServer_AskedTheWholeSet_GivesTheExpectedAnswers(
        [Values("verified", "insecure", "podnames")] string profile)
    {
        await using var api = await FakeApiServer.StartAsync();
        api.Load(await File.ReadAllTextAsync(ConformanceSet.ClusterPath));
        await using var upstream = ConformanceWorld.Start();
        await using var server = await RunningServer.StartAsync(Corefile(profile, $"endpoint {api.Url}", upstream));
        await AskAllAsync(profile, server);
    }

    [Test]
    public async Task Manifests_AskedTheWholeSet_GiveTheExpectedAnswers(
        [Values("verified", "insecure", "podnames")] string profile)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"conformance-{profile}.json");
        await File.WriteAllTextAsync(path, AsList(await File.ReadAllTextAsync(ConformanceSet.ClusterPath)));
        await using var upstream = ConformanceWorld.Start();
        await using var server = await RunningServer.StartAsync(Corefile(profile, "", upstream), path);
        await AskAllAsync(profile, server);
    }

    private static async Task AskAllAsync(string profile, RunningServer server)
    {
        var wrong = new List<string>();
        ushort id = 0;
        foreach (var asked in Cases.Where(asked => asked.Profile == profile))
        {
            var query = asked.WriteQuery(++id);
            var reply = asked.Transport == TransportProtocol.Udp
                ? await server.AskUdpAsync(query)
                : await server.AskTcpAsync(query);
            var differences = ConformanceComparer.Compare(
                asked, query, reply, () => server.AskTcpAsync(query).GetAwaiter().GetResult());
            wrong.AddRange(differences.Select(difference => $"{asked}: {difference}"));
        }

        Assert.That(id, Is.GreaterThan(500), "the profile has no cases");
        Assert.That(wrong, Is.Empty);
    }

    private static string Corefile(string profile, string source, FakeUpstream upstream) => $$"""
        .:0 {
            bind 127.0.0.1
            errors
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                {{source}}
                {{Properties(profile)}}
                fallthrough in-addr.arpa ip6.arpa
            }
            forward . {{upstream.Endpoint}}
        }
        """;

    private static string Properties(string profile) => profile switch
    {
        "verified" => "pods verified\n ttl 30",
        "insecure" => "pods insecure",
        _ => "endpoint_pod_names\n namespaces shop default\n ignore empty_service",
    };

    // The set has one array for each kind, without apiVersion and kind; a manifest is one List of whole objects.
    private static string AsList(string cluster)
    {
        (string Key, string Kind, string Version)[] kinds =
        [
            ("namespaces", "Namespace", "v1"), ("services", "Service", "v1"), ("pods", "Pod", "v1"),
            ("endpoints", "Endpoints", "v1"), ("endpointslices", "EndpointSlice", "discovery.k8s.io/v1"),
        ];
        var source = JsonNode.Parse(cluster)!.AsObject();
        var items = new JsonArray();
        foreach (var (key, kind, version) in kinds)
        {
            foreach (var item in source[key]?.AsArray() ?? [])
            {
                var whole = item!.DeepClone().AsObject();
                whole["apiVersion"] = version;
                whole["kind"] = kind;
                items.Add((JsonNode)whole);
            }
        }

        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = items };
        return list.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }
}
