using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ClusterDns.Testing;
using ClusterDns.Testing.Network;

namespace ClusterDns.EndToEndTests.Samples;

/// <summary>A DNS server at every address outside the pod that a Corefile forwards to; all know the same world.</summary>
internal sealed partial class SampleUpstreams : IAsyncDisposable
{
    /// <summary>The nameserver of the pod's resolv.conf.</summary>
    public const string NodeResolver = "10.0.0.53";

    private const int DnsPort = 53;
    private const int TlsPort = 853;

    private readonly List<FakeUpstream> _upstreams = [];
    private readonly List<FakeCertificates> _certificates = [];

    public SampleUpstreams(NetworkNamespace world, string corefile)
    {
        foreach (var (endpoint, isTls) in Targets(corefile).Append((new IPEndPoint(IPAddress.Parse(NodeResolver), DnsPort), false)).Distinct())
        {
            var upstream = new FakeUpstream(endpoint, world.Inside, [.. SampleCases.World]);
            if (isTls)
            {
                var certificates = new FakeCertificates(SampleCases.TlsNames[$"{endpoint.Address}"]);
                _certificates.Add(certificates);
                upstream.Certificates = certificates;
            }

            _upstreams.Add(upstream);
        }
    }

    /// <summary>The authorities of those that speak TLS, in PEM.</summary>
    public string Authorities
    {
        get
        {
            var text = new StringBuilder();
            _certificates.ForEach(certificates => text.AppendLine(File.ReadAllText(certificates.AuthorityPath)));
            return text.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upstream in _upstreams)
        {
            await upstream.DisposeAsync();
        }

        _certificates.ForEach(certificates => certificates.Dispose());
    }

    private static IEnumerable<(IPEndPoint Endpoint, bool IsTls)> Targets(string corefile)
    {
        foreach (var word in ForwardLine().Matches(corefile).SelectMany(match => match.Groups["to"].Value.Split(' ')))
        {
            var isTls = word.StartsWith("tls://", StringComparison.Ordinal);
            if (IPEndPoint.TryParse(isTls ? word["tls://".Length..] : word, out var endpoint) && !IPAddress.IsLoopback(endpoint.Address))
            {
                endpoint.Port = endpoint.Port != 0 ? endpoint.Port : isTls ? TlsPort : DnsPort;
                yield return (endpoint, isTls);
            }
        }
    }

    [GeneratedRegex(@"^ *forward +\S+ +(?<to>[^#{\n]+)", RegexOptions.Multiline)]
    private static partial Regex ForwardLine();
}
