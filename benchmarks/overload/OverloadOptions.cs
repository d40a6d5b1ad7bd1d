using System.Globalization;

namespace ClusterDns.Overload;

/// <summary>The command line.</summary>
internal sealed record OverloadOptions
{
    public const string Usage = """
        usage: ClusterDns.Overload [options]

          --seconds N          how long the flood lasts (60)
          --rate N             queries a second of the flood (as many as one core sends)
          --binary PATH        our binary; published into artifacts/native when absent
          --out FILE           where the table goes as well (nowhere)
        """;

    public int Seconds { get; private init; } = 60;

    /// <summary>Queries a second; 0 for as many as possible.</summary>
    public int Rate { get; private init; }

    public string? Binary { get; private init; }

    public string? Out { get; private init; }

    /// <summary>Null when the arguments make no sense.</summary>
    public static OverloadOptions? TryParse(string[] arguments)
    {
        var options = new OverloadOptions();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
            var next = arguments[i] switch
            {
                "--seconds" when number > 0 => options with { Seconds = number },
                "--rate" when number > 0 => options with { Rate = number },
                "--binary" => options with { Binary = value },
                "--out" => options with { Out = value },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return arguments.Length % 2 == 0 ? options : null;
    }
}
