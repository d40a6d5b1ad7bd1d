using System.Collections.Concurrent;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins;

/// <summary>Pages are asked without a pause while configurations come and fail: each request is answered, and well.</summary>
[TestFixture]
internal sealed class PagesThroughReloadsTests
{
    private const string Page = "127.0.0.1:0";
    private const int Rounds = 3;

    private const string Corefile =
        """
        example.org:0 {
            bind 127.0.0.1
            health 127.0.0.1:0
            ready 127.0.0.1:0
            prometheus 127.0.0.1:0
            whoami
        }
        """;

    // Waits for a cluster that is not there, and then cannot listen: the last moment to fail in.
    private static readonly string FailsAtTheEnd = Corefile
        .Replace("bind 127.0.0.1", "bind 192.0.2.1", StringComparison.Ordinal)
        .Replace("whoami", "kubernetes cluster.local {\n endpoint http://127.0.0.1:1\n startup_timeout 300ms\n}", StringComparison.Ordinal);

    [Test]
    public async Task Pages_AskedThroughGoodAndFailedReloads_AreAlwaysThere([Values("/health", "/ready", "/metrics")] string path)
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        using var stop = new CancellationTokenSource();
        var answers = new ConcurrentQueue<string>();
        Task[] clients =
        [
            AskOnAsync(server, path, TimeSpan.Zero, answers, stop.Token),
            AskOnAsync(server, path, Timeout.InfiniteTimeSpan, answers, stop.Token),
        ];
        var faults = new List<string?>();
        for (var round = 0; round < Rounds; round++)
        {
            faults.Add(await server.ReloadAsync(Corefile.Replace("example.org", $"{round}.example.org", StringComparison.Ordinal)));
            faults.Add(await server.ReloadAsync(Corefile.Replace("whoami", "whoami x", StringComparison.Ordinal)));
            faults.Add(await server.ReloadAsync(FailsAtTheEnd));
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults.Select(fault => fault is null), Is.EqualTo(Enumerable.Repeat(new[] { true, false, false }, Rounds).SelectMany(f => f)));
            Assert.That(answers.Distinct(), Is.EqualTo(["OK"]));
            Assert.That(answers, Has.Count.GreaterThan(Rounds));
        }
    }

    /// <param name="server">Whose page it is.</param>
    /// <param name="path">The page.</param>
    /// <param name="connectionLife">Zero for a new connection each time, as a kubelet has it.</param>
    /// <param name="answers">Gets every answer's status, or what went wrong.</param>
    /// <param name="stop">Ends it, between requests.</param>
    private static async Task AskOnAsync(
        RunningServer server, string path, TimeSpan connectionLife, ConcurrentQueue<string> answers, CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, PooledConnectionLifetime = connectionLife });
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var reply = await client.GetAsync(new Uri($"http://{server.PageEndpoint(Page)}{path}"), CancellationToken.None);
                answers.Enqueue(reply.StatusCode.ToString());
            }
            catch (HttpRequestException failure)
            {
                answers.Enqueue(failure.Message);
            }
        }
    }
}
