using System.Net;
using ClusterDns.Cli.Commands;
using ClusterDns.Transport;
using ClusterDns.Transport.Upstream;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>Asks the servers in turn until one replies; what went wrong with the others goes to the error stream.</summary>
internal sealed class QueryExchange(QueryOptions options, IReadOnlyList<IPEndPoint> servers, CommandContext context)
{
    /// <summary>A datagram may get lost; one that was lost twice was not lost.</summary>
    private const int TriesByUdp = 2;

    /// <summary>The first reply; null if there was none.</summary>
    public async Task<ReceivedReply?> AskAsync(DnsName name)
    {
        var message = QuestionMessage.Write(name, options);
        foreach (var server in servers)
        {
            var transport = new UpstreamOptions { UdpReplySize = MessageHeader.MaxMessageSize };
            await using var client = new UpstreamClient(new UpstreamTarget(server), transport, context.Time);
            if (await AskAsync(client, message).ConfigureAwait(false) is { } reply)
            {
                return reply;
            }

            var counters = client.ReadCounters();
            if (counters.Mismatched + counters.Malformed is > 0 and var odd)
            {
                await context.Errors.WriteLineAsync($";; replies from {server} that answer another question or are damaged: {odd}")
                    .ConfigureAwait(false);
            }
        }

        return null;
    }

    private async Task<ReceivedReply?> AskAsync(UpstreamClient client, byte[] message)
    {
        if (!options.UsesTcp)
        {
            for (var i = 0; i < TriesByUdp; i++)
            {
                if (await AskAsync(client, message, TransportProtocol.Udp).ConfigureAwait(false) is { } reply)
                {
                    return reply.Fields.IsTruncated
                        ? await AskAsync(client, message, TransportProtocol.Tcp).ConfigureAwait(false) ?? reply
                        : reply;
                }
            }

            return null;
        }

        return await AskAsync(client, message, TransportProtocol.Tcp).ConfigureAwait(false);
    }

    private async Task<ReceivedReply?> AskAsync(UpstreamClient client, byte[] message, TransportProtocol protocol)
    {
        var began = context.Time.GetTimestamp();
        using var reply = await client.ExchangeAsync(message, protocol, options.Timeout, CancellationToken.None).ConfigureAwait(false);
        var elapsed = context.Time.GetElapsedTime(began);
        if (reply.Outcome != UpstreamOutcome.Answered)
        {
            await context.Errors.WriteLineAsync($";; {reply.Error}").ConfigureAwait(false);
            return null;
        }

        var octets = reply.Message.ToArray();
        return ReplyReader.TryRead(octets, out var fields)
            ? new ReceivedReply(octets, fields, client.Target.Endpoint, protocol, elapsed)
            : null;
    }
}
