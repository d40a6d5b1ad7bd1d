namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>The resolvers that programs in pods have.</summary>
internal static class ResolverTable
{
    private const string NoSearchWithDots = "uses the search list for names without any dot only, whatever `ndots` says";

    private static readonly string[] Short = ["short", "short, alias in `default`"];
    private static readonly string[] WithNamespace = ["with namespace", "headless", "alias", "alias to outside"];

    public static IReadOnlyList<Resolver> All { get; } =
    [
        new("glibc, `getent ahosts`", "sh", "getent.sh", "ahosts") { Tools = ["getent"] },
        new("glibc, `getent ahostsv4`", "sh", "getent.sh", "ahostsv4") { Tools = ["getent"], Families = Families.IPv4 },
        new("glibc, `getent ahostsv6`", "sh", "getent.sh", "ahostsv6") { Tools = ["getent"], Families = Families.IPv6OrMapped },
        new("systemd-resolved", "python3", "resolved.py")
        {
            Tools = ["python3", "systemd-resolved"],
            AskedAsWritten = new(WithNamespace, NoSearchWithDots),
        },
        new("musl, `getaddrinfo`", "./lookup-musl") { Tools = ["musl-gcc"] },
        new("Node, `dns.lookup`", "node", "lookup.mjs", "lookup") { Tools = ["node"] },
        new("c-ares, Node's `dns.resolve`", "node", "lookup.mjs", "resolve")
        {
            Tools = ["node"],
            KnowsServices = true,
            AskedAsWritten = new([.. Short, .. WithNamespace], "has no search list"),
        },
        new("Go, `net`", "./lookup-go") { Tools = ["go"], KnowsServices = true },
        new("Java, `InetAddress`", "java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "Lookup") { Tools = ["java"] },
        new("Python, `socket`", "python3", "lookup.py") { Tools = ["python3"] },
        new(".NET, `Dns`", "dotnet", DotNetLookup.Assembly) { Tools = ["dotnet"] },
        new("busybox, `nslookup`", "sh", "nslookup.sh")
        {
            Tools = ["busybox"],
            KnowsServices = true,
            AskedAsWritten = new(WithNamespace, NoSearchWithDots),
        },
        new("BIND, `host`", "sh", "host.sh") { Tools = ["host"], KnowsServices = true },
        new("BIND, `dig +search`", "sh", "dig.sh") { Tools = ["dig"], KnowsServices = true, Families = Families.IPv4 },
    ];
}
