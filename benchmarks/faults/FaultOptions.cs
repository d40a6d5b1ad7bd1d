using System.Globalization;

namespace ClusterDns.Faults;

/// <summary>The command line.</summary>
internal sealed record FaultOptions
{
    public const string Usage = """
        usage: ClusterDns.Faults [options]

          --quick              ten minutes are ten seconds
          --fault TEXT         only the faults with this in their name; may be repeated
          --services NUMBER    Services of the fake API server (10,000), each with
          --endpoints NUMBER   so many endpoints (15)
          --api-server URL     a real API server over plain HTTP, as kubectl proxy makes one, instead of the fake one
          --kubeconfig FILE    the same, through a kubectl proxy that is started for it
          --binary PATH        our binary; published into artifacts/native when absent

        With a real API server the namespace clusterdns-faults is made, and taken away at the end.
        """;

    public bool IsQuick { get; private init; }

    public IReadOnlyList<string> Faults { get; private init; } = [];

    public int Services { get; private init; } = 10_000;

    public int EndpointsPerService { get; private init; } = 15;

    public Uri? ApiServer { get; private init; }

    public string? Kubeconfig { get; private init; }

    public string? Binary { get; private init; }

    /// <summary>Null when the arguments make no sense.</summary>
    public static FaultOptions? TryParse(string[] arguments)
    {
        var options = new FaultOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick")
            {
                options = options with { IsQuick = true };
                continue;
            }

            if (i + 1 == arguments.Length || options.With(arguments[i], arguments[++i]) is not { } next)
            {
                return null;
            }

            options = next;
        }

        return options.ApiServer is not null && options.Kubeconfig is not null ? null : options;
    }

    private FaultOptions? With(string name, string value) => name switch
    {
        "--fault" => this with { Faults = [.. Faults, value] },
        "--services" when TryRead(value, out var services) => this with { Services = services },
        "--endpoints" when TryRead(value, out var endpoints) => this with { EndpointsPerService = endpoints },
        "--api-server" when Uri.TryCreate(value, UriKind.Absolute, out var url) => this with { ApiServer = url },
        "--kubeconfig" => this with { Kubeconfig = value },
        "--binary" => this with { Binary = value },
        _ => null,
    };

    private static bool TryRead(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
