using System.Text;
using BenchmarkDotNet.Attributes;
using ClusterDns.Corefile;
using ClusterDns.Plugins;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Benchmarks;

/// <summary>
/// A query that the cache answers, from packet to finished reply, without sockets: read, routed, through errors and
/// prometheus, found, copied, TTLs written. Behind the cache stands a forwarder's stand-in that is asked once.
/// </summary>
[MemoryDiagnoser]
public class CacheHitBenchmarks
{
    private const string Corefile = """
        .:0 {
            errors
            prometheus 127.0.0.1:0
            cache 3600
        }
        """;

    private readonly CountingReplyPath _path = new();
    private readonly byte[] _packet = QueryFactory.Packet("www.some-service.example.org.", RecordType.A, udpSize: 1232);
    private RunningServer _server = null!;
    private PacketHandler _handler = null!;

    public enum Scenario
    {
        Address,
        FourAddresses,
        NameError,
    }

    [ParamsAllValues]
    public Scenario Asked { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        _server = await RunningServer.StartAsync(".:0 {\n bind 127.0.0.1\n whoami\n}");
        var services = _server.Services;
        var block = new BlockSetup([DnsName.Root], new ConfigurationSetup(services));
        var source = Load().Blocks[0];
        foreach (var descriptor in PluginOrder.Descriptors.Where(descriptor => source.Lines(descriptor.Name).Count > 0))
        {
            descriptor.SetUp(source.Lines(descriptor.Name), block);
        }

        block.Add(new StubPlugin(Forward));
        foreach (var start in block.Configuration.Starts)
        {
            await start(CancellationToken.None);
        }

        var route = new ZoneRoute(DnsName.Root, PluginChain.Build(block.Plugins), LogStackTraces: false);
        var routes = new ListenerRoutes(_server.FirstRoutes.Key, new ZoneRouter([route]), services.Metrics.Queries);
        _handler = new PacketHandler(routes, new QueryPool(), services.Time, services.Metrics.Panics, NullLogger.Instance);
    }

    [GlobalCleanup]
    public async Task CleanUp() => await _server.DisposeAsync();

    [Benchmark]
    public void Answer() => _handler.Handle(_packet, _path);

    private static CorefileDocument Load()
    {
        var loader = new CorefileLoader(new DiskFiles(), Environment.GetEnvironmentVariable, [.. PluginOrder.Names]);
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(Corefile));
        return loader.LoadStandardInput(text);
    }

    private ServeResult Forward(Query query)
    {
        var reply = query.Reply;
        reply.Clear();
        reply.IsRecursionAvailable = true;
        if (Asked == Scenario.NameError)
        {
            reply.Code = ResponseCode.NameError;
            reply.AddStartOfAuthority(
                Section.Authority,
                NameParts.FromQuestion(query.Name.OffsetOf(2)),
                3600,
                NameParts.BeforeQuestion("\x02ns"u8, query.Name.OffsetOf(2)),
                NameParts.BeforeQuestion("\u0005admin"u8, query.Name.OffsetOf(2)),
                new SoaTimes(1, 7200, 1800, 86400, 3600));
            return ServeResult.Answered;
        }

        for (var i = 0; i < (Asked == Scenario.Address ? 1 : 4); i++)
        {
            reply.AddAddress(Section.Answer, NameParts.Question, 3600, [192, 0, 2, (byte)i]);
        }

        return ServeResult.Answered;
    }
}
