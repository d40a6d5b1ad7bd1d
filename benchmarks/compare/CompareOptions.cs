using System.Globalization;
using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>The command line.</summary>
internal sealed record CompareOptions
{
    public const string Usage = """
        usage: ClusterDns.Compare [options]

          --quick              four mixes, two short rounds: under three minutes
          --rounds N           rounds, interleaved over the servers; medians are shown (3)
          --seconds N          length of one measurement (3)
          --services N         Services in the cluster, each with 3 endpoints (10000)
          --mix TEXT           only mixes whose name holds the text; may be repeated
          --server TEXT        only servers whose name holds the text; may be repeated
          --binary PATH        our binary; published into artifacts/native when absent
          --out DIRECTORY      where the tables and charts go (benchmarks/results, artifacts/compare if anything was left out)

        COREDNS=/path in the environment adds a CoreDNS with the same Corefile, fed by the same objects.
        """;

    public bool IsQuick { get; private init; }

    public int Rounds { get; private init; } = 3;

    public double Seconds { get; private init; } = 3;

    public int Services { get; private init; } = 10_000;

    public IReadOnlyList<string> Mixes { get; private init; } = [];

    public IReadOnlyList<string> Servers { get; private init; } = [];

    public string? Binary { get; private init; }

    public string? Out { get; private init; }

    public string OutFolder => Out ?? Path.Combine(
        NativeBinary.Repository(), IsQuick || Mixes.Count + Servers.Count > 0 ? "artifacts/compare" : "benchmarks/results");

    /// <summary>Null when the arguments make no sense.</summary>
    public static CompareOptions? TryParse(string[] arguments)
    {
        var options = new CompareOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick")
            {
                options = options with { IsQuick = true, Rounds = 2, Seconds = 1.5 };
            }
            else if (i + 1 == arguments.Length || options.With(arguments[i], arguments[++i]) is not { } next)
            {
                return null;
            }
            else
            {
                options = next;
            }
        }

        return options;
    }

    private CompareOptions? With(string name, string value) => name switch
    {
        "--rounds" => this with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
        "--seconds" => this with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
        "--services" => this with { Services = int.Parse(value, CultureInfo.InvariantCulture) },
        "--mix" => this with { Mixes = [.. Mixes, value] },
        "--server" => this with { Servers = [.. Servers, value] },
        "--binary" => this with { Binary = value },
        "--out" => this with { Out = value },
        _ => null,
    };
}
