using BenchmarkDotNet.Attributes;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;

namespace ClusterDns.Benchmarks;

/// <summary>
/// One query from packet to finished reply, without sockets: read, routed, through errors, log (nothing to log),
/// prometheus, kubernetes and loadbalance, written.
/// </summary>
[MemoryDiagnoser]
public class ClusterNameBenchmarks
{
    private const string Corefile = """
        .:0 {
            bind 127.0.0.1
            errors
            log {
                class error
            }
            prometheus 127.0.0.1:0
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                pods insecure
            }
            loadbalance
        }
        """;

    private readonly CountingReplyPath _path = new();
    private readonly Dictionary<Scenario, byte[]> _packets = new()
    {
        [Scenario.ClusterAddress] = Packet("backend-service.example.svc.cluster.local.", RecordType.A),
        [Scenario.HeadlessThree] = Packet("reports-db.example.svc.cluster.local.", RecordType.A),
        [Scenario.Service] = Packet("_amqp._tcp.queue.example.svc.cluster.local.", RecordType.SRV),
        [Scenario.Pointer] = Packet("12.151.96.10.in-addr.arpa.", RecordType.PTR),
        [Scenario.NoData] = Packet("backend-service.example.svc.cluster.local.", RecordType.AAAA),
        [Scenario.SearchMiss] = Packet("www.example.org.example.svc.cluster.local.", RecordType.A),
        [Scenario.NoSuchService] = Packet("missing.example.svc.cluster.local.", RecordType.A),
    };

    private RunningServer _server = null!;
    private PacketHandler _handler = null!;
    private byte[] _packet = [];

    public enum Scenario
    {
        ClusterAddress,
        HeadlessThree,
        Service,
        Pointer,
        NoData,
        SearchMiss,
        NoSuchService,
    }

    [ParamsAllValues]
    public Scenario Asked { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        _server = await RunningServer.StartAsync(Corefile, RepositoryFiles.PathOf("deploy/example"));
        _handler = _server.CreateHandler();
        _packet = _packets[Asked];
    }

    [GlobalCleanup]
    public async Task CleanUp() => await _server.DisposeAsync();

    [Benchmark]
    public void Answer() => _handler.Handle(_packet, _path);

    private static byte[] Packet(string name, RecordType type) => QueryFactory.Packet(name, type, udpSize: 1232);
}
