using System.Net;
using ClusterDns.Testing.Network;
using ClusterDns.Testing.Processes;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests;

/// <summary>
/// Two processes share one address and take turns: no query is lost when one of them is replaced, though clients keep their
/// sockets. The short form runs with all tests; CLUSTERDNS_ROLLING_RESTART=long asks a million queries during five restarts
/// of each. The system's receive buffers must hold what comes while a fresh process compiles itself: without CAP_NET_ADMIN
/// that needs <c>net.core.rmem_max</c> of some megabytes.
/// </summary>
[TestFixture]
internal sealed class RollingRestartTests
{
    private const string LongFormVariable = "CLUSTERDNS_ROLLING_RESTART";
    private const int Port = 15354;
    private const int QueriesPerSecond = 20_000;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private static bool IsLong => Environment.GetEnvironmentVariable(LongFormVariable) == "long";

    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Restarts_OfTwoInstancesInTurn_LoseNoQuery()
    {
        var (queries, restarts) = IsLong ? (1_000_000, 10) : (200_000, 4);
        ServerProcessUnderTest[] servers = [await StartAsync(), await StartAsync()];
        try
        {
            var client = new SteadyClient(
                new IPEndPoint(IPAddress.Loopback, Port), [ExampleServer.Query], ExampleServer.Judge);
            await using (client)
            {
                using var patience = new CancellationTokenSource(LongestRun);
                var restarting = RestartAsync(servers, restarts);
                await client.RunAsync(
                    QueriesPerSecond,
                    () => !patience.IsCancellationRequested && (client.Asked < queries || !restarting.IsCompleted));
                await restarting;
            }

            await TestContext.Out.WriteLineAsync(
                $"{client.Asked} asked, {client.Asked - client.Answered} lost, {client.Wrong.Count} wrong, {restarts} restarts, "
                + $"{client.Connections} TCP connections");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(client.Asked, Is.GreaterThanOrEqualTo(queries));
                Assert.That(client.Wrong, Is.Empty);
                Assert.That(client.Answered, Is.EqualTo(client.Asked));
                Assert.That(client.Connections, Is.GreaterThan(SteadyClient.Connecting), "connections moved");
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }

    // The new one serves before the old one is told to stop, as a Deployment with maxSurge does.
    private async Task RestartAsync(ServerProcessUnderTest[] servers, int restarts)
    {
        for (var i = 0; i < restarts; i++)
        {
            var old = servers[i % servers.Length];
            servers[i % servers.Length] = await StartAsync();
            await old.SignalAsync("TERM");
            Assert.That(await old.WaitForExitAsync(), Is.Zero);
            await old.DisposeAsync();
        }
    }

    private Task<ServerProcessUnderTest> StartAsync() => ExampleServer.StartAsync(
        _folder, ". {\n    bind 127.0.0.1\n    errors\n    kubernetes cluster.local\n}\n", Port);
}
