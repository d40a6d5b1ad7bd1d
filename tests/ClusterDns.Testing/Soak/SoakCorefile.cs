using System.Net;

namespace ClusterDns.Testing.Soak;

/// <summary>Corefiles that differ in what changes no answer, and some that are none.</summary>
internal static class SoakCorefile
{
    public const string Port = "PORT";
    public const string MetricsPort = "PAGE";

    private const int Versions = 6;
    private const int ShortestTtl = 3;

    /// <param name="apiServer">Over plain HTTP.</param>
    /// <param name="upstreams">Who knows the world.</param>
    /// <param name="version">Any number.</param>
    public static string Sound(Uri apiServer, IEnumerable<IPEndPoint> upstreams, int version) => $$"""
        .:{{Port}} {
            bind 127.0.0.1
            errors
            {{(version % 2 == 0 ? "" : "log . {\n        class error\n    }")}}
            prometheus 127.0.0.1:{{MetricsPort}} {
                runtime_metrics
            }
            kubernetes cluster.local in-addr.arpa ip6.arpa {
                endpoint {{apiServer}}
                pods verified
                ttl {{ShortestTtl + (version % Versions)}}
                startup_timeout 5s
            }
            forward . {{string.Join(' ', upstreams)}} {
                max_concurrent {{1000 + (version % 3)}}
                policy {{(version % 3 == 0 ? "sequential" : "random")}}
            }
            cache {{20 + (version % Versions)}}
            reload 2s 1s
            {{(version % 2 == 0 ? "loadbalance" : "")}}
        }

        """;

    /// <summary>With a mistake in it.</summary>
    public static string Broken(string sound, int version) => (version % 4) switch
    {
        0 => sound.Replace("errors", "errorz"),
        1 => sound.Replace("pods verified", "pods verily"),
        2 => sound[..(sound.Length / 2)],
        _ => sound.Replace("forward . ", "forward . not-an-address:x "),
    };
}
