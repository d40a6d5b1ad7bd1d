using System.Text;
using ClusterDns.Corefile;
using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Zone;
using ClusterDns.Operations;
using ClusterDns.Plugins;
using ClusterDns.Plugins.Forward;
using ClusterDns.Serving;
using ClusterDns.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using Prometheus;

namespace ClusterDns.Testing;

/// <summary>
/// The server of one block as its sockets see it: packets in, replies out, through the whole chain and on the caller's
/// thread. The cluster and the upstreams are stand-ins without sockets.
/// </summary>
internal sealed class PacketServer : IAsyncDisposable
{
    private readonly LogOutput _log = new(Stream.Null);
    private readonly Func<ReadOnlyMemory<byte>, byte[]?> _upstream;
    private readonly ServerServices _services;
    private readonly ConfigurationSetup _setup;
    private readonly PacketHandler _handler;

    private PacketServer(string corefile, IClusterSource? source, Func<ReadOnlyMemory<byte>, byte[]?>? upstream)
    {
        _upstream = upstream ?? (_ => null);
        _services = CreateServices(source);
        _setup = new ConfigurationSetup(_services);
        var plan = Plan(Read(corefile));
        var routes = new ListenerRoutes(plan.Key, plan.Router, _services.Metrics.Queries);
        _handler = new PacketHandler(routes, _services.Queries, _services.Time, _services.Metrics.Panics, NullLogger.Instance);
    }

    public ServerServices Services => _services;

    /// <summary>Exceptions that a chain threw and a client was told as SERVFAIL.</summary>
    public double Panics => _services.Metrics.Panics.Value;

    /// <param name="corefile">One block.</param>
    /// <param name="source">Objects of the cluster; null where the block has none.</param>
    /// <param name="upstream">What every upstream replies to a message.</param>
    public static async Task<PacketServer> StartAsync(
        string corefile, IClusterSource? source = null, Func<ReadOnlyMemory<byte>, byte[]?>? upstream = null)
    {
        var server = new PacketServer(corefile, source, upstream);
        foreach (var start in server._setup.Starts)
        {
            await start(CancellationToken.None).ConfigureAwait(false);
        }

        return server;
    }

    public void Handle(ReadOnlySpan<byte> packet, ReplyPath path) => _handler.Handle(packet, path);

    public async ValueTask DisposeAsync()
    {
        await _setup.StopAsync().ConfigureAwait(false);
        await _services.Clusters.DisposeAsync().ConfigureAwait(false);
        _log.Dispose();
    }

    private static ServerBlock Read(string corefile)
    {
        var loader = new CorefileLoader(new DiskFiles(), _ => null, [.. PluginOrder.Names]);
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(corefile));
        return loader.LoadStandardInput(text).Blocks.Single();
    }

    private ServerServices CreateServices(IClusterSource? source) => new()
    {
        Time = TimeProvider.System,
        Logging = NullLoggerFactory.Instance,
        Registry = Metrics.NewCustomRegistry(),
        LogOutput = _log,
        Clusters = new ClusterDirectory(_ => new Cluster(source!, TimeProvider.System, NullLogger.Instance)),
        Queries = new QueryPool(),
    };

    private ListenerPlan Plan(ServerBlock source)
    {
        ServerKey[] keys = [.. source.Keys.SelectMany(key => ServerKey.Parse(key, dnsPort: 53))];
        var block = new BlockSetup([.. keys.Select(key => key.Zone)], _setup)
        {
            Words = source.Words,
            DirectiveNames = source.Directives.Select(directive => directive.Name).ToHashSet(),
        };
        foreach (var descriptor in PluginOrder.Descriptors.Where(descriptor => block.DirectiveNames.Contains(descriptor.Name)))
        {
            SetUp(descriptor, source.Lines(descriptor.Name), block);
        }

        var listeners = new ListenerAssignment();
        listeners.AddBlock(keys, block, CorefileMistakes.Thrown);
        return listeners.Plans.Single();
    }

    private void SetUp(PluginDescriptor descriptor, IReadOnlyList<Directive> lines, BlockSetup block)
    {
        if (descriptor == ForwardDirective.Descriptor)
        {
            ForwardDirective.SetUp(lines, block, (_, _, _) => new InstantExchange(_upstream));
        }
        else
        {
            descriptor.SetUp(lines, block);
        }
    }
}
