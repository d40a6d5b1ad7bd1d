using System.Net;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Plugins.Kubernetes;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Tests.Corefile;
using ClusterDns.Tests.Kubernetes.Zone;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>A <c>kubernetes</c> directive in front of a small cluster, asked from packet to packet.</summary>
internal sealed class KubernetesUnderTest
{
    public const string ArpaZones = "cluster.local in-addr.arpa ip6.arpa";

    private readonly PluginChain _chain;

    /// <param name="directive">What follows the word <c>kubernetes</c>.</param>
    /// <param name="cluster">The cluster's objects.</param>
    /// <param name="local">Addresses of the server itself, between blanks.</param>
    /// <param name="next">The plugin behind; without one, a declined query is told as such.</param>
    /// <param name="awaited">Kinds that have to be listed before the cluster counts as known.</param>
    public KubernetesUnderTest(
        string directive,
        IEnumerable<ClusterChange> cluster,
        string local = "",
        Plugin? next = null,
        params ResourceKind[] awaited)
    {
        Cluster = new ZoneUnderTest(awaited).Apply(cluster);
        var addresses = local.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TestObjects.Address).ToArray();
        Options = ParseDirective(directive);
        var plugin = new KubernetesPlugin(Options, Cluster.Zone, new ServerLookup(new QueryPool()), addresses);
        _chain = PluginChain.Build(next is null ? [plugin] : [plugin, next]);
        Plugin = plugin;
    }

    public KubernetesOptions Options { get; }

    public ZoneUnderTest Cluster { get; }

    public KubernetesPlugin Plugin { get; }

    /// <summary>The directive of a block for <c>.</c>, with every zone it serves written out.</summary>
    public static KubernetesOptions ParseDirective(string directive)
    {
        var document = new CorefileFixture().Load($".:53 {{\n    kubernetes {directive}\n}}\n");
        return KubernetesDirective.Parse(document.Blocks[0].Directives[0], [DnsName.Root], NullLogger.Instance);
    }

    /// <summary>
    /// What becomes of <c>NAME TYPE</c>: the answer's records, <c>+ RECORD</c> for the additional section, between line
    /// ends; else <c>NODATA</c>, <c>NXDOMAIN</c>, <c>SERVFAIL</c>, <c>declined</c> or <c>failed RCODE</c>.
    /// </summary>
    public string Ask(string question)
    {
        using var query = Read(question, out var packet);
        var pending = Plugin.ServeAsync(query);
        var result = pending.AsTask().GetAwaiter().GetResult();
        return result.Outcome switch
        {
            ServeOutcome.Declined => "declined",
            ServeOutcome.Failed => $"failed {result.Code}",
            _ => Describe(Finish(query, packet)),
        };
    }

    /// <summary>The whole reply, over TCP, of the plugin and those behind it.</summary>
    public ConformanceReply AskChain(string question)
    {
        using var query = Read(question, out var packet);
        var result = _chain.ServeAsync(query).AsTask().GetAwaiter().GetResult();
        Assert.That(result.Outcome, Is.EqualTo(ServeOutcome.Answered));
        return Finish(query, packet);
    }

    /// <summary>A query as the chain gets it.</summary>
    public Query Read(string question, out byte[] packet)
    {
        var words = question.Split(' ');
        var type = Enum.TryParse<RecordType>(words[1], out var known) ? known : (RecordType)ushort.Parse(words[1]);
        packet = QueryFactory.Packet(words[0], type);
        var path = new RecordingReplyPath(
            TransportProtocol.Tcp, IPEndPoint.Parse(QueryFactory.Client), IPEndPoint.Parse(QueryFactory.Server));
        var query = new Query { Router = new OneChain(_chain) };
        Assert.That(query.Read(packet, path), Is.EqualTo(QueryVerdict.Accepted));
        return query;
    }

    private static ConformanceReply Finish(Query query, byte[] packet)
    {
        var reply = new byte[MessageHeader.MaxMessageSize];
        var length = query.Reply.Finish(reply, reply.Length);
        return ReplyDecoder.Decode(packet, reply.AsSpan(0, length));
    }

    private static string Describe(ConformanceReply reply)
    {
        Assert.That(reply.Flags, Is.EquivalentTo(new[] { "AA", "RD" }));
        if (reply.Answer.Count > 0)
        {
            Assert.That(reply.Authority, Is.Empty);
            return string.Join('\n', reply.Answer.Concat(reply.Additional.Select(record => $"+ {record}")));
        }

        Assert.That(reply.Authority, Has.Count.EqualTo(1));
        Assert.That(reply.Authority[0], Does.Contain(" SOA ns.dns."));
        return reply.ResponseCode == "NOERROR" ? "NODATA" : reply.ResponseCode;
    }
}
