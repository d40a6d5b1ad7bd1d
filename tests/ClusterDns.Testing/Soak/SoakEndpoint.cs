namespace ClusterDns.Testing.Soak;

/// <summary>A place for an endpoint of a headless Service: ready or not, in one slice or the other.</summary>
internal sealed class SoakEndpoint(string domain, int service, int number, Func<TimeSpan> now)
{
    /// <summary>It is served.</summary>
    public Timeline<bool> IsReady { get; } = new(first: false, now);

    /// <summary>The slice that has it.</summary>
    public int Slice { get; set; }

    /// <summary>It is in its slice, ready or not.</summary>
    public bool IsListed { get; set; }

    public string Address => $"10.128.{service}.{number + 1}";

    public string Target => $"{Hostname ?? Address.Replace('.', '-')}.{domain}";

    public string Json => $$"""
        {"addresses":["{{Address}}"]{{(Hostname is null ? "" : $",\"hostname\":\"{Hostname}\"")}},"conditions":{"ready":{{(IsReady.Latest ? "true" : "false")}}} }
        """;

    private string? Hostname => number % 2 == 0 ? $"pod-{number}" : null;

    public bool WasReady(TimeSpan from, TimeSpan to) => IsReady.Between(from, to).Contains(true);

    public bool WasMissing(TimeSpan from, TimeSpan to) => IsReady.Between(from, to).Contains(false);
}
