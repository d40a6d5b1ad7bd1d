using System.Globalization;

namespace ClusterDns.Soak;

/// <summary>The command line.</summary>
internal sealed record SoakOptions
{
    public const string Usage = """
        usage: ClusterDns.Soak [options]

          --minutes NUMBER     how long it takes (15, at most 240); what grows is judged from three minutes on
          --binary PATH        our binary; published into artifacts/native when absent
        """;

    private const int MostMinutes = 240;

    public TimeSpan Time { get; private init; } = TimeSpan.FromMinutes(15);

    public string? Binary { get; private init; }

    /// <summary>Null when the arguments make no sense.</summary>
    public static SoakOptions? TryParse(string[] arguments)
    {
        var options = new SoakOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 == arguments.Length || options.With(arguments[i], arguments[i + 1]) is not { } next)
            {
                return null;
            }

            options = next;
        }

        return options;
    }

    private SoakOptions? With(string name, string value) => name switch
    {
        "--minutes" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is > 0 and <= MostMinutes =>
            this with { Time = TimeSpan.FromMinutes(minutes) },
        "--binary" => this with { Binary = value },
        _ => null,
    };
}
