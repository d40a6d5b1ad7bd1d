using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Testing;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Watching;

/// <summary>Whatever happens in whatever order: nothing untrue is told, and in the end the model has what the server has.</summary>
public sealed class ConvergenceTests
{
    private const int Runs = 12;
    private const int StepsARun = 40;

    private static readonly FakeFault[] Faults =
    [
        new FakeFault.Reset(),
        new FakeFault.HalfObject(),
        new FakeFault.ResetInside(),
        FakeFault.Html,
        new FakeFault.Body("""{"metadata":{"resourceVersion":"1"},"items":5}"""),
        new FakeFault.Line("""{"type":"ADDED","obj"""),
        new FakeFault.Line("""{"type":5,"object":[]}"""),
        FakeFault.ErrorEvent(410, "Gone"),
        FakeFault.ErrorEvent(500, "InternalError"),
        new FakeFault.Status(403, "Forbidden"),
        new FakeFault.Status(404, "NotFound"),
        new FakeFault.Status(410, "Expired"),
        new FakeFault.Status(422, "Invalid"),
        new FakeFault.Status(429, "TooManyRequests", RetryAfter: "1"),
        new FakeFault.Status(503, "ServiceUnavailable"),
        new FakeFault.Silence(),
        new FakeFault.Hang(),
    ];

    private static readonly ResourceKind[] Kinds = [ResourceKind.Namespace, ResourceKind.Service, ResourceKind.EndpointSlice, ResourceKind.Pod];

    [Test]
    public void Source_AnySequenceOfChangesAndFaults_Converges() =>
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 7], Gen.Int[0, 255], Gen.Int[0, Faults.Length - 1]).Array[StepsARun].SampleAsync(
            RunAsync, iter: Runs, threads: 1).GetAwaiter().GetResult();

    private static async Task RunAsync((int Dice, int Name, int Value, int Fault)[] steps)
    {
        var limits = WatchedCluster.ImpatientLimits with { LongestRetryAfter = TimeSpan.FromMilliseconds(50) };
        var options = new ClusterSourceOptions { WatchPods = true, EndpointSource = EndpointSource.Slices };
        await using var cluster = await WatchedCluster.CreateAsync(options);
        cluster.PutSomeObjects();
        cluster.Start(limits);
        foreach (var (dice, name, value, fault) in steps)
        {
            Take(cluster, dice, name, value, Faults[fault]);
            if (value < 64)
            {
                // Some steps come upon a source in the middle of its work, others upon one that has had time for it.
                await Task.Yield();
                await Task.Delay(TimeSpan.FromMilliseconds(value / 4.0));
            }
        }

        cluster.Server.ClearFaults();
        await cluster.ConvergesAsync();
        cluster.PutService("last", 1);
        await cluster.ConvergesAsync();
    }

    private static void Take(WatchedCluster cluster, int dice, int name, int value, FakeFault fault)
    {
        switch (dice)
        {
            case < 50:
                Put(cluster, Kinds[dice % Kinds.Length], $"o{name}", value);
                break;
            case < 65:
                cluster.Delete(Kinds[dice % Kinds.Length], dice % Kinds.Length == 0 ? "" : "demo", $"o{name}");
                break;
            case < 85:
                cluster.Server.Inject(fault, value % 2 == 0 ? null : Kinds[value % Kinds.Length], (FakeCall)(dice % 6), times: 1 + (name / 3));
                break;
            case < 90:
                cluster.Server.Disconnect();
                break;
            case < 93:
                cluster.Server.Compact();
                break;
            case < 95:
                cluster.Server.SilenceWatches();
                break;
            case < 97:
                cluster.Server.ExpireContinueTokens();
                break;
            case < 98:
                cluster.Server.ExpiresByEvent = !cluster.Server.ExpiresByEvent;
                break;
            default:
                cluster.Server.HasStreamedLists = !cluster.Server.HasStreamedLists;
                break;
        }
    }

    private static void Put(WatchedCluster cluster, ResourceKind kind, string name, int value)
    {
        switch (kind)
        {
            case ResourceKind.Namespace:
                cluster.Put(kind, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
                break;
            case ResourceKind.Service:
                cluster.PutService(name, value);
                break;
            case ResourceKind.EndpointSlice:
                cluster.PutSlice(name, value);
                break;
            default:
                var phase = value % 5 == 0 ? "Succeeded" : "Running";
                cluster.Put(kind, $$$"""
                    {"metadata":{"name":"{{{name}}}","namespace":"demo"},"status":{"phase":"{{{phase}}}","podIP":"10.2.0.{{{value}}}"}}
                    """);
                break;
        }
    }
}
