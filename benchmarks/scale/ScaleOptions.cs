namespace ClusterDns.Scale;

/// <summary>The command line.</summary>
internal sealed record ScaleOptions
{
    public const string Usage = """
        usage: ClusterDns.Scale [options]

          --quick              the middle size only, and fewer changes
          --binary PATH        our binary; published into artifacts/native when absent
          --out DIRECTORY      where the table and the charts go (benchmarks/results; artifacts/scale with --quick)
        """;

    public bool IsQuick { get; private init; }

    public string? Binary { get; private init; }

    public string? Out { get; private init; }

    /// <summary>Null when the arguments make no sense.</summary>
    public static ScaleOptions? TryParse(string[] arguments)
    {
        var options = new ScaleOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var next = arguments[i] == "--quick" ? options with { IsQuick = true }
                : i + 1 == arguments.Length ? null
                : arguments[i] == "--binary" ? options with { Binary = arguments[++i] }
                : arguments[i] == "--out" ? options with { Out = arguments[++i] }
                : null;
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options;
    }
}
