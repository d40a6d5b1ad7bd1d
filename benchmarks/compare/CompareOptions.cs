using System.Globalization;
using ClusterDns.Measuring;

namespace ClusterDns.Compare;

/// <summary>The command line.</summary>
internal sealed record CompareOptions
{
    public const string Usage = """
        usage: ClusterDns.Compare [options]

          --quick              four mixes, two short rounds: three minutes
          --rounds N           rounds flat out, interleaved over the servers; medians are shown (3; between builds 12);
                               those at a fixed rate are five times as many, of 1 s each
          --seconds N          length of one measurement flat out (2)
          --services N         Services in the cluster, each with 3 endpoints (10000)
          --mix TEXT           only mixes whose name holds the text; may be repeated
          --server TEXT        only servers whose name holds the text; may be repeated
          --binary PATH        our binary; published into artifacts/native when absent
          --against PATH       another ClusterDns beside it; peers only by --server
          --variant TEXT       our binary once more, with these directives more in its server block; peers only by --server
          --out DIRECTORY      where the tables and charts go (benchmarks/results, artifacts/compare if anything was left out)

        COREDNS=/path in the environment adds a CoreDNS with the same Corefile, fed by the same objects.
        """;

    /// <summary>A stall of the machine is to decide no percentile, so there are this many rounds at a fixed rate for one flat out.</summary>
    private const int PacedRoundsPerRound = 5;

    /// <summary>A thousand rounds at a fixed rate.</summary>
    private const int MostRounds = 200;

    public bool IsQuick { get; private init; }

    private int? GivenRounds { get; init; }

    private double? GivenSeconds { get; init; }

    /// <summary>Between builds an even number, so that each is first as often as the other, and enough for an interval.</summary>
    public int Rounds => GivenRounds ?? (ComparesBuilds ? 12 : IsQuick ? 2 : 3);

    /// <summary>Of a measurement flat out. CPU time is counted in steps of 10 ms: of 2 s, a step is 0.03 us for each of 190,000 answers a second.</summary>
    public double Seconds => GivenSeconds ?? (IsQuick ? 1.5 : 2);

    public int PacedRounds => Rounds * PacedRoundsPerRound;

    /// <summary>Of a round at a fixed rate. Ten thousands of answers are many for one p99, and more rounds say more than longer ones.</summary>
    public double PacedSeconds => IsQuick ? 0.5 : 1;

    public int Services { get; private init; } = 10_000;

    public IReadOnlyList<string> Mixes { get; private init; } = [];

    public IReadOnlyList<string> Servers { get; private init; } = [];

    public string? Binary { get; private init; }

    public string? Against { get; private init; }

    public string? Variant { get; private init; }

    public bool ComparesBuilds => Against is not null || Variant is not null;

    public string? Out { get; private init; }

    public string OutFolder => Out ?? Path.Combine(
        NativeBinary.Repository(), IsQuick || ComparesBuilds || Mixes.Count + Servers.Count > 0 ? "artifacts/compare" : "benchmarks/results");

    /// <summary>Null when the arguments make no sense.</summary>
    public static CompareOptions? TryParse(string[] arguments)
    {
        var options = new CompareOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick")
            {
                options = options with { IsQuick = true };
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

        return options.Rounds is >= 1 and <= MostRounds ? options : null;
    }

    private CompareOptions? With(string name, string value) => name switch
    {
        "--rounds" => this with { GivenRounds = int.Parse(value, CultureInfo.InvariantCulture) },
        "--seconds" => this with { GivenSeconds = double.Parse(value, CultureInfo.InvariantCulture) },
        "--services" => this with { Services = int.Parse(value, CultureInfo.InvariantCulture) },
        "--mix" => this with { Mixes = [.. Mixes, value] },
        "--server" => this with { Servers = [.. Servers, value] },
        "--binary" => this with { Binary = value },
        "--against" => this with { Against = value },
        "--variant" => this with { Variant = value },
        "--out" => this with { Out = value },
        _ => null,
    };
}
