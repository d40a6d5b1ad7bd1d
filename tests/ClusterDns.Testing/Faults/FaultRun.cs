using System.Diagnostics;
using System.Net;

namespace ClusterDns.Testing.Faults;

/// <summary>Takes a server through one fault while it is asked all the time.</summary>
/// <param name="cluster">Behind the proxy.</param>
/// <param name="server">The server.</param>
/// <param name="scale">Times run so much faster than the table says: 1 for a real clock.</param>
/// <param name="patience">For everything that has no limit of its own, in real time.</param>
public sealed class FaultRun(IFaultyCluster cluster, IServerUnderFaults server, double scale, TimeSpan patience)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(2);

    /// <summary>Asked on after everything is right again: nothing may fall back.</summary>
    private static readonly TimeSpan After = TimeSpan.FromSeconds(1);

    /// <summary>Told when the server is at rest, right before a fault begins.</summary>
    public Action AtRest { get; init; } = static () => { };

    /// <summary>Told when all is over, right before the server is stopped.</summary>
    public Action AtEnd { get; init; } = static () => { };

    /// <exception cref="TimeoutException">The names never became right.</exception>
    public async Task<FaultResult> RunAsync(FaultCase fault)
    {
        await using var proxy = await FaultProxy.StartAsync(cluster.Url);
        proxy.Scale = scale;
        if (fault.HasToken)
        {
            await proxy.RotateTokenAsync();
        }

        var names = new FaultNames(cluster);
        await names.PrepareAsync();
        var endpoint = await server.StartAsync(proxy, fault, keepsSnapshot: false);
        await UntilRightAsync(names, endpoint);
        AtRest();
        await using var client = new FaultClient(names);
        if (fault.Start == FaultStart.Running)
        {
            client.Start(endpoint);
            await fault.Begin(proxy);
        }
        else
        {
            await server.StopAsync();
            await fault.Begin(proxy);
            names.AllowFailure(hasSnapshot: fault.Start == FaultStart.WithSnapshot);
            endpoint = await server.StartAsync(proxy, fault, keepsSnapshot: fault.Start == FaultStart.WithSnapshot);
            await UntilAnsweredAsync(names, endpoint);
            client.Start(endpoint);
        }

        await names.ChangeAsync();
        await Task.Delay(fault.Hold / scale);
        var ended = Stopwatch.GetTimestamp();
        await fault.End(proxy);
        await UntilRightAsync(names, endpoint);
        var convergence = Stopwatch.GetElapsedTime(ended);
        names.Settle();
        await Task.Delay(After);
        await client.StopAsync();
        AtEnd();
        await server.StopAsync();
        return new FaultResult(fault, client.Asked, client.Wrong, client.Failed, client.Unanswered, convergence, client.WrongAnswers);
    }

    // Until it listens there is nobody who could be wrong.
    private async Task UntilAnsweredAsync(FaultNames names, IPEndPoint endpoint)
    {
        using var timeout = new CancellationTokenSource(patience);
        using var socket = FaultClient.Connect(endpoint);
        while (await FaultClient.AskAsync(socket, FaultNames.DomainOf(names.All[0]), CancellationToken.None) is null)
        {
            await Task.Delay(PollInterval, timeout.Token);
        }
    }

    private async Task UntilRightAsync(FaultNames names, IPEndPoint endpoint)
    {
        using var timeout = new CancellationTokenSource(patience);
        using var socket = FaultClient.Connect(endpoint);
        foreach (var name in names.All.Reverse())
        {
            string? answer;
            while ((answer = await FaultClient.AskAsync(socket, FaultNames.DomainOf(name), CancellationToken.None)) != names.Allowed(name)[^1])
            {
                if (timeout.IsCancellationRequested)
                {
                    throw new TimeoutException($"{name} is {answer} and should be {names.Allowed(name)[^1]}");
                }

                await Task.Delay(PollInterval);
            }
        }
    }
}
