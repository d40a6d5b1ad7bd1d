using System.Net;

namespace ClusterDns.Testing.Network;

/// <summary>
/// Two hosts joined by a cable: the pod that the server runs in, and the world around it, which has every other address
/// there is. Whatever address a Corefile names, something in the world can listen there.
/// </summary>
public sealed class ClusterNetwork : IDisposable
{
    public static readonly IPAddress ServerAddress = IPAddress.Parse("10.244.0.2");
    public static readonly IPAddress ServerAddress6 = IPAddress.Parse("fd00:10:244::2");

    private const string WorldAddress = "10.244.0.1";
    private const string WorldAddress6 = "fd00:10:244::1";

    private readonly List<NetworkNamespace> _clients = [];

    public ClusterNetwork()
    {
        Server = NetworkNamespace.Create("pod");
        World = NetworkNamespace.Create("world");
        NetworkNamespace.Join(Server, World);
        Connect(Server, $"{ServerAddress}/24", $"{ServerAddress6}/64");
        Connect(World, $"{WorldAddress}/24", $"{WorldAddress6}/64");
        Server.Ip("route", "add", "default", "via", WorldAddress);
        Server.Ip("-6", "route", "add", "default", "via", WorldAddress6);

        // Behind the cable's own network, every address is the world's.
        World.Ip("route", "add", "local", "0.0.0.0/0", "dev", "lo", "table", "main");
        World.Ip("-6", "route", "add", "local", "::/0", "dev", "lo", "table", "main");
        World.Set("net/ipv6/ip_nonlocal_bind", "1");
    }

    public NetworkNamespace Server { get; }

    public NetworkNamespace World { get; }

    /// <summary>Gives the server's host one more address.</summary>
    public void AddServerAddress(IPAddress address) => Server.Ip("address", "add", $"{address}", "dev", "lo");

    /// <summary>The world leaves an address to the server: a Service's, say, that leads to it.</summary>
    public void RouteToServer(IPAddress address) => World.Ip("route", "add", $"{address}", "via", $"{ServerAddress}");

    /// <summary>One more host, with a cable of its own to the server's; whatever it sends goes there.</summary>
    public NetworkNamespace AddClient(string role, IPAddress address, IPAddress address6)
    {
        var client = NetworkNamespace.Create(role);
        _clients.Add(client);
        var device = $"client{_clients.Count}";
        NetworkNamespace.Join(Server, client, device);
        Server.Ip("link", "set", device, "up");
        Server.Ip("route", "add", $"{address}", "dev", device);
        Connect(client, $"{address}/32", $"{address6}/128");
        client.Ip("route", "add", "default", "dev", "eth0");
        return client;
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        Server.Dispose();
        World.Dispose();
    }

    private static void Connect(NetworkNamespace host, string address, string address6)
    {
        host.Ip("address", "add", address, "dev", "eth0");
        host.Ip("-6", "address", "add", address6, "dev", "eth0", "nodad");
        host.Ip("link", "set", "eth0", "up");
    }
}
