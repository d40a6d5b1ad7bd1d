using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Operations;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Testing.Packets;
using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;

namespace ClusterDns.Fuzzing.Targets;

/// <summary>
/// One plugin whose lines come from an input, in front of a stand-in that answers everything. Lines are words between
/// blanks; a word may have any other character.
/// </summary>
internal sealed class PluginUnderFuzzing(PluginDescriptor descriptor, LogOutput log)
{
    private static readonly IPEndPoint Client = IPEndPoint.Parse(QueryFactory.Client);
    private static readonly IPEndPoint Server = IPEndPoint.Parse(QueryFactory.Server);

    /// <summary>
    /// Exceptions may be thrown and caught: the library that reads records of rare types as text has no other way to
    /// refuse one.
    /// </summary>
    public bool MayCatch { get; init; }

    /// <summary>Sets the plugin up and asks it for a name; null when that is none or the lines have a mistake.</summary>
    public string? FaultOf(IReadOnlyList<Directive> lines, string name, RecordType type)
    {
        var services = new ServerServices
        {
            Time = TimeProvider.System,
            Logging = NullLoggerFactory.Instance,
            Registry = Metrics.NewCustomRegistry(),
            LogOutput = log,
            Clusters = new ClusterDirectory(_ => throw new NotSupportedException("no cluster here")),
            Queries = new QueryPool(),
        };
        var block = new BlockSetup([DnsName.Root], new ConfigurationSetup(services)) { DirectiveNames = [descriptor.Name] };
        try
        {
            descriptor.SetUp(lines, block);
        }
        catch (CorefileException)
        {
            return null;
        }

        return Ask(PluginChain.Build([.. block.Plugins, new StubPlugin(Answer)]), services, name, type);
    }

    public static Directive Line(string name, IEnumerable<string> arguments, params Directive[] properties) =>
        new(Token(name), [.. arguments.Select(Token)], properties, HasBlock: properties.Length > 0);

    private string? Ask(PluginChain chain, ServerServices services, string name, RecordType type)
    {
        Span<byte> wire = stackalloc byte[WireName.MaxLength];
        if (!WireName.TryParse(name, wire, out _))
        {
            return null;
        }

        var route = new ZoneRoute(DnsName.Root, chain, LogStackTraces: false, TakesOtherClasses: true);
        var routes = new ListenerRoutes(new ListenerKey("dns", null, 53), new ZoneRouter([route]), services.Metrics.Queries);
        var handler = new PacketHandler(routes, services.Queries, services.Time, services.Metrics.Panics, NullLogger.Instance);
        var packet = QueryFactory.Packet(name, type, udpSize: 1232);
        var path = new RecordingReplyPath(TransportProtocol.Udp, Client, Server);
        using var thrown = new ThrownExceptions();
        handler.Handle(packet, path);
        return services.Metrics.Panics.Value > 0 || (thrown.Count > 0 && !MayCatch) ? $"{thrown.First}"
            : path.IsDetached ? "the query waits for something"
            : ReplyFault.Find(packet, path.Sent, TransportProtocol.Udp);
    }

    private static ServeResult Answer(Query query)
    {
        query.Reply.IsAuthoritative = true;
        query.Reply.AddAddress(Section.Answer, NameParts.Question, 30, [192, 0, 2, 1]);
        query.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 30, NameParts.Question);
        query.Reply.AddService(Section.Answer, NameParts.Question, 30, 0, 0, 53, NameParts.Question);
        return ServeResult.Answered;
    }

    private static CorefileToken Token(string text) => new(text, "stdin", 1);
}
