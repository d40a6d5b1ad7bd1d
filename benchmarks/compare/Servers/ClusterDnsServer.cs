using System.Diagnostics;

namespace ClusterDns.Compare.Servers;

/// <summary>Ours, from manifests, with what kubeadm writes into its Corefile as far as the binary serves it.</summary>
internal sealed class ClusterDnsServer : Server
{
    private const string OurName = "ClusterDns";

    private readonly string _binary;
    private readonly KubeadmCorefile _corefile;
    private readonly HashSet<string> _plugins;

    /// <param name="binary">A ClusterDns of whatever age.</param>
    /// <param name="port">Where it is asked.</param>
    /// <param name="upstreamPort">Where it asks for names of the world.</param>
    /// <param name="suffix">What tells it from the build that all else is measured by; empty for that one.</param>
    /// <param name="more">Directives that only this one has in its server block.</param>
    public ClusterDnsServer(string binary, int port, int upstreamPort, string suffix = "", string more = "")
        : base(OurName + suffix, port)
    {
        _binary = binary;
        _corefile = new KubeadmCorefile(port, upstreamPort, more: more);
        _plugins = Plugins(binary);
    }

    public override bool IsOurs => Name == OurName;

    public override bool IsPeer => false;

    /// <summary>Directives of the Corefile that this binary does not serve, and that were left out.</summary>
    public IReadOnlyList<string> Refused => [.. _corefile.Names.Where(name => !_plugins.Contains(name))];

    public override bool Serves(Mix mix) => mix.Source == MixSource.Cluster || !Refused.Any(name => name is "forward" or "cache");

    protected override string[] Prepare(Scenery scenery)
    {
        var path = Path.Combine(scenery.PathOf(Name), "Corefile");
        File.WriteAllText(path, _corefile.Text(_plugins.Contains));
        return [_binary, "-conf", path, "--manifests", scenery.ManifestFolder];
    }

    private static HashSet<string> Plugins(string binary)
    {
        using var process = Process.Start(new ProcessStartInfo(binary, "-plugins") { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. lines.Split('\n').Select(line => line.Trim()).Select(line => line[(line.LastIndexOf('.') + 1)..])];
    }
}
