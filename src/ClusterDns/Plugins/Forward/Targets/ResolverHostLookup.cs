using System.Net;
using ClusterDns.Plugins.Forward.Asking;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>Asks the servers of <c>resolver</c> for A and AAAA records, one server after the other.</summary>
internal sealed class ResolverHostLookup(IReadOnlyList<IUpstreamExchange> servers) : IHostLookup
{
    private readonly TimeSpan _timeout = ForwardLimits.HostTimeout / (2 * servers.Count);

    public async Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation)
    {
        var name = DnsName.Parse(host);
        var found = new List<IPAddress>();
        foreach (var server in servers)
        {
            await AddAsync(server, name, RecordType.A, found, cancellation).ConfigureAwait(false);
            await AddAsync(server, name, RecordType.AAAA, found, cancellation).ConfigureAwait(false);
            if (found.Count > 0)
            {
                break;
            }
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AddAsync(
        IUpstreamExchange server, DnsName name, RecordType type, List<IPAddress> found, CancellationToken cancellation)
    {
        var question = UpstreamQuestion.Of(name, type, MessageHeader.RecursionDesiredFlag);
        using var reply = await server
            .ExchangeAsync(question, TransportProtocol.Udp, _timeout, cancellation)
            .ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        if (reply.Outcome == UpstreamOutcome.Answered)
        {
            AddAddresses(reply.Message.Span, type, found);
        }
    }

    // Whatever CNAMEs lead there: the addresses behind them stand in the same answer section (RFC 1034, 4.3.2).
    private static void AddAddresses(ReadOnlySpan<byte> message, RecordType type, List<IPAddress> found)
    {
        if (!ReplyReader.TryRead(message, out var fields))
        {
            return;
        }

        var records = new RecordReader(message, fields.QuestionEnd);
        while (found.Count < ForwardLimits.MostHostAddresses
            && records.TryRead(out var record)
            && record.Section == Section.Answer)
        {
            if (record.Type == type && record.DataLength is 4 or 16)
            {
                found.Add(new IPAddress(record.Data(message)));
            }
        }
    }
}
