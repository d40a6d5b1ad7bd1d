using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Forward;

/// <summary>An upstream without sockets: it answers, waits, fails or sends nonsense by the test's clock.</summary>
internal sealed class ScriptedExchange(string address, TimeProvider clock) : IUpstreamExchange
{
    private readonly ConcurrentQueue<(FakeQuery Query, TransportProtocol Protocol)> _received = new();

    public string Address => address;

    /// <summary>What to send; null is silence.</summary>
    public Func<FakeQuery, byte[]?> Reply { get; set; } = query => query.Answer($"{query.Name} 60 A 192.0.2.1");

    /// <summary>How long a reply takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Instead of a reply; null for none.</summary>
    public UpstreamOutcome? Failure { get; set; }

    public bool IsReused { get; set; } = true;

    public bool IsDisposed { get; private set; }

    /// <summary>Everything that came, probes too.</summary>
    public IReadOnlyList<FakeQuery> Received => [.. _received.Select(entry => entry.Query)];

    public IReadOnlyList<TransportProtocol> Protocols => [.. _received.Select(entry => entry.Protocol)];

    public int Probes => Received.Count(query => query.Type == RecordType.NS);

    public int Questions => Received.Count(query => query.Type != RecordType.NS);

    public async ValueTask<UpstreamReply> ExchangeAsync(
        ReadOnlyMemory<byte> query, TransportProtocol protocol, TimeSpan timeout, CancellationToken cancellation)
    {
        var question = new FakeQuery(
            query.ToArray(),
            protocol == TransportProtocol.Udp ? FakeProtocol.Udp : FakeProtocol.Tcp,
            new IPEndPoint(IPAddress.Loopback, 4242),
            Connection: 0);
        _received.Enqueue((question, protocol));
        if (cancellation.IsCancellationRequested)
        {
            return UpstreamReply.Failed(UpstreamOutcome.Cancelled, "cancelled");
        }

        var reply = Failure is null ? Reply(question) : null;
        var wait = reply is null && Failure is null ? timeout : Delay;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait < timeout ? wait : timeout, clock, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return cancellation.IsCancellationRequested ? UpstreamReply.Failed(UpstreamOutcome.Cancelled, "cancelled")
            : Failure is { } failure ? UpstreamReply.Failed(failure, $"{address}: {failure}")
            : reply is null || wait > timeout ? UpstreamReply.Failed(UpstreamOutcome.TimedOut, TimeoutText, IsReused)
            : Answered(reply);
    }

    // The buffer is given back to the pool, and others use it: whoever still reads it then reads something else.
    private UpstreamReply Answered(byte[] reply)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(reply.Length + 1);
        reply.CopyTo(buffer, 1);
        return UpstreamReply.Answered(buffer, 1, reply.Length, IsReused);
    }

    public string TimeoutText => $"read udp 10.244.0.3:4242->{address}: i/o timeout";

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
