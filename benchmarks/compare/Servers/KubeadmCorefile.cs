namespace ClusterDns.Compare.Servers;

/// <summary>What kubeadm writes, on 127.0.0.1, with a cache that holds the mixes' names.</summary>
/// <param name="port">Of the server block.</param>
/// <param name="upstreamPort">Of the server on 127.0.0.1 that other names are asked from.</param>
/// <param name="endpoint">Line that leads to the API server; empty where the objects come from files.</param>
/// <param name="more">Directives that kubeadm does not write, which a server has to know.</param>
internal sealed class KubeadmCorefile(int port, int upstreamPort, string endpoint = "", string more = "")
{
    private readonly (string Name, string Text)[] _directives =
    [
        ("bind", "bind 127.0.0.1"),
        ("errors", "errors"),
        ("health", "health 127.0.0.1:0"),
        ("ready", "ready 127.0.0.1:0"),
        ("kubernetes", $"kubernetes cluster.local in-addr.arpa ip6.arpa {{\n{endpoint}pods insecure\nfallthrough in-addr.arpa ip6.arpa\nttl 30\n}}"),
        ("prometheus", "prometheus 127.0.0.1:0"),
        ("forward", $"forward . 127.0.0.1:{upstreamPort} {{\nmax_concurrent 1000\n}}"),
        ("cache", "cache 30 {\nsuccess 200000\n}"),
        ("loop", "loop"),
        ("reload", "reload"),
        ("loadbalance", "loadbalance"),
    ];

    public IEnumerable<string> Names => _directives.Select(directive => directive.Name);

    /// <summary>The text, without the directives that a server does not know.</summary>
    public string Text(Func<string, bool> isKnown) =>
        $".:{port} {{\n{string.Join('\n', _directives.Where(directive => isKnown(directive.Name)).Select(directive => directive.Text))}\n{more}\n}}\n";
}
