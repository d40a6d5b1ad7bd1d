using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using ClusterDns.Testing.Faults;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Faults;

/// <summary>
/// Whatever happens between a server and its API server: no answer is wrong, no name that was known fails, and in the end
/// every name is answered as it is. Time passes thirty times faster here; <c>benchmarks/faults</c> runs the same table
/// with the real clock, and measures.
/// </summary>
[TestFixture]
internal sealed class FaultTests
{
    private const double Haste = 30;
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1) / Haste;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestCaseSource(typeof(FaultCases), nameof(FaultCases.All))]
    public async Task Server_AskedThroughAFault_AnswersRightlyAndRecovers(FaultCase fault)
    {
        await using var api = await StartApiServerAsync();
        await using var server = new HurriedServer(new HurriedTime(Haste));

        var result = await new FaultRun(new FakeFaultyCluster(api), server, Haste, Patience).RunAsync(fault);

        await JudgeAsync(result);
    }

    /// <summary>The way that <c>benchmarks/faults</c> takes to a real cluster: everything over HTTP.</summary>
    [Test]
    public async Task Cluster_WrittenOverHttp_IsFollowedAllTheSame()
    {
        await using var api = await StartApiServerAsync();
        await using var server = new HurriedServer(new HurriedTime(Haste));
        await using (var cluster = new HttpFaultyCluster(api.Url))
        {
            var result = await new FaultRun(cluster, server, Haste, Patience).RunAsync(FaultCases.All.Single(fault => fault.Name == "503"));
            Assert.That(result.Complaints, Is.Empty);
        }

        Assert.That(api.Objects(ResourceKind.Namespace), Is.Empty);
    }

    /// <summary>
    /// The clock on the wall is set back by an hour, as by a host that wakes up or a daemon that corrects it: nothing that is
    /// waited for is waited for an hour longer.
    /// </summary>
    [Test]
    public async Task Server_ClockSetBack_AnswersRightlyAndRecovers()
    {
        await using var api = await StartApiServerAsync();
        var time = new HurriedTime(Haste);
        await using var server = new HurriedServer(time);
        var fault = new FaultCase("the clock is set back", SetBackAsync, Come, TimeSpan.FromMinutes(1));

        var result = await new FaultRun(new FakeFaultyCluster(api), server, Haste, Patience).RunAsync(fault);

        await JudgeAsync(result);

        Task SetBackAsync(FaultProxy proxy)
        {
            proxy.GoDown();
            time.SetBack(TimeSpan.FromHours(1));
            return Task.CompletedTask;
        }

        static Task Come(FaultProxy proxy)
        {
            proxy.ComeBack();
            return Task.CompletedTask;
        }
    }

    private static async Task JudgeAsync(FaultResult result)
    {
        await TestContext.Out.WriteLineAsync(
            $"{result.Asked} asked, {result.Unanswered} unanswered, right again after {result.Convergence.TotalSeconds:0.00} s; "
            + $"in hurried time {(result.Convergence * Haste).TotalSeconds:0.0} s");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Asked, Is.GreaterThan(0));
            Assert.That(result.Complaints, Is.Empty);
            Assert.That(result.Wrong + result.Failed, Is.Zero);
        }
    }

    private static async Task<FakeApiServer> StartApiServerAsync()
    {
        var api = await FakeApiServer.StartAsync();
        api.BookmarkInterval = BookmarkInterval;
        return api;
    }
}
