using System.Net;
using ClusterDns.Testing;
using ClusterDns.Testing.Network;
using ClusterDns.Testing.Processes;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>The server's pod, the world with its DNS server, and the hosts that ask, each with files of its own.</summary>
internal sealed class ResolverCluster : IAsyncDisposable
{
    /// <summary>Where every pod finds DNS.</summary>
    public static readonly IPAddress DnsAddress = IPAddress.Parse("10.96.0.10");

    private const string CorefilePath = "/etc/coredns/Corefile";
    private const string HostsFile = "127.0.0.1 localhost\n::1 localhost\n";
    private const string NameServiceSwitch = "hosts: files dns\n";

    private readonly ClusterNetwork _network = new();
    private readonly DirectoryInfo _manifests = Directory.CreateTempSubdirectory("clusterdns-manifests");
    private readonly PodFiles _serverFiles = new();
    private readonly Dictionary<Client, (NetworkNamespace Host, PodFiles Files)> _clients = [];
    private readonly FakeUpstream _upstream;

    public ResolverCluster()
    {
        _network.AddServerAddress(DnsAddress);
        _upstream = new FakeUpstream(ServerVariant.Upstream, _network.World.Inside, [.. Lookups.World]);
        _serverFiles.Write("/etc/resolv.conf", $"search nodes.example.net\nnameserver {ServerVariant.Upstream.Address}\n");
        foreach (var client in Client.All)
        {
            var files = new PodFiles();
            files.Write("/etc/resolv.conf", client.ResolvConf);
            files.Write("/etc/hosts", HostsFile);
            files.Write("/etc/nsswitch.conf", NameServiceSwitch);
            _clients.Add(client, (_network.AddClient(client.Role, client.Address, client.Address6), files));
        }

        var manifests = Directory.EnumerateFiles(RepositoryFiles.PathOf("deploy/example"))
            .Append(RepositoryFiles.PathOf("tests/ClusterDns.EndToEndTests/Resolvers/objects.yaml"));
        foreach (var manifest in manifests)
        {
            File.Copy(manifest, Path.Combine(_manifests.FullName, Path.GetFileName(manifest)));
        }
    }

    /// <summary>Starts the server and waits until it serves.</summary>
    public async Task<ServerProcessUnderTest> StartServerAsync(ServerVariant variant)
    {
        _serverFiles.Write(CorefilePath, variant.Corefile);
        var server = ServerProcessUnderTest.Start(
            ["-conf", CorefilePath, "--manifests", _manifests.FullName],
            launcher: [.. _network.Server.Launcher, .. _serverFiles.Launcher]);
        await server.WaitUntilItServesAsync();
        return server;
    }

    /// <summary>
    /// How many queries have reached the server. Its own metrics count more: as with CoreDNS, the target of an alias is
    /// looked up like a query.
    /// </summary>
    public long CountReceived() => _network.Server.DatagramsReceived - _upstream.Received.Count;

    /// <summary>How many queries a host has sent; nothing else on it sends datagrams.</summary>
    public long CountSent(Client client) => _clients[client].Host.DatagramsSent;

    /// <summary>Starts a resolver's program on a host that asks.</summary>
    public ResolverProcess StartResolver(Client client, Resolver resolver, string folder)
    {
        var (host, files) = _clients[client];
        return new ResolverProcess([.. host.Launcher, .. files.Launcher, .. resolver.Command], folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        foreach (var (_, files) in _clients.Values)
        {
            files.Dispose();
        }

        _serverFiles.Dispose();
        _network.Dispose();
        _manifests.Delete(recursive: true);
    }
}
