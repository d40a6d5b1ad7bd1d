namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>What every resolver looks up, and what there is.</summary>
internal static class Lookups
{
    private const string Backend = "10.96.151.12";
    private const string ReportsDatabase = "192.0.2.11 192.0.2.12 192.0.2.13";
    private const string Website = "192.0.2.80 2001:db8::80";

    public static IReadOnlyList<Lookup> All { get; } =
    [
        new("short", "frontend-service", "10.96.173.32") { AnswerInDefault = "" },
        new("short, alias in `default`", "backend-service", Backend) { AnswerInDefault = Backend },
        new("with namespace", "backend-service.example", Backend),
        new("full", "backend-service.example.svc.cluster.local", Backend),
        new("full, dot", "backend-service.example.svc.cluster.local.", Backend),
        new("headless", "reports-db.example", ReportsDatabase),
        new("alias", "backend-service.default", Backend),
        new("alias to outside", "website.example", Website),
        new("port", "_http._tcp.backend-service.example.svc.cluster.local", "0 100 5000 backend-service.example.svc.cluster.local."),
        new("outside", "www.example.com", Website),
        new("missing", "missing-service", ""),
        new("missing outside", "missing.example.com", ""),
    ];

    /// <summary>What the upstream knows, as lines of a zone file; any other name does not exist.</summary>
    public static IReadOnlyList<string> World { get; } = ["www.example.com. 300 A 192.0.2.80", "www.example.com. 300 AAAA 2001:db8::80"];
}
