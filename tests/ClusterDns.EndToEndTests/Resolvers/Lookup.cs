using System.Net;
using System.Net.Sockets;

namespace ClusterDns.EndToEndTests.Resolvers;

/// <summary>One name, as a program in a pod writes it.</summary>
/// <param name="Label">What the table calls it.</param>
/// <param name="Name">What is looked up.</param>
/// <param name="Answer">What there is: addresses of both families, or an SRV record's data; empty for nothing.</param>
internal sealed record Lookup(string Label, string Name, string Answer)
{
    /// <summary>The answer in namespace <c>default</c>, where the name leads to another object; null if it leads to the same.</summary>
    public string? AnswerInDefault { get; init; }

    /// <summary>Ports are asked for, not addresses.</summary>
    public bool IsService => Name.StartsWith('_');

    /// <summary>The line that a resolver's program reads.</summary>
    public string Line => $"{(IsService ? "SRV" : "A")} {Name}";

    /// <summary>What a resolver finds for a client, as <see cref="Normalize"/> says.</summary>
    public IReadOnlyList<string> AnswersFor(Resolver resolver, Client client, ServerVariant variant)
    {
        var answer = client.Namespace == "default" ? AnswerInDefault ?? Answer : Answer;
        if (answer.Length == 0 || !IsFoundBy(resolver, client, variant))
        {
            return [];
        }

        if (IsService)
        {
            return [answer];
        }

        var addresses = answer.Split(' ').Select(IPAddress.Parse).ToLookup(address => address.AddressFamily);
        var ipv4 = addresses[AddressFamily.InterNetwork];
        var ipv6 = variant.HidesIPv6 ? [] : addresses[AddressFamily.InterNetworkV6];
        var wanted = resolver.Families switch
        {
            Families.IPv4 => ipv4,
            Families.IPv6OrMapped => ipv6.Any() ? ipv6 : ipv4.Select(address => address.MapToIPv6()),
            _ => ipv4.Concat(ipv6),
        };
        return Normalize(wanted.Select(address => $"{address}"));
    }

    // Without a search list a short name is the server's to know; of a single label, only for a pod's namespace.
    private bool IsFoundBy(Resolver resolver, Client client, ServerVariant variant) =>
        resolver.AskedAsWritten?.Lookups.Contains(Label) is not true
            || (variant.KnowsShortNames && (client.IsPod || Name.Contains('.', StringComparison.Ordinal)));

    /// <summary>Answers as they are compared: addresses in one spelling, and all in one order. A resolver's own says nothing.</summary>
    public static IReadOnlyList<string> Normalize(IEnumerable<string> answers)
    {
        var spelled = answers.Select(answer => IPAddress.TryParse(answer, out var address) ? $"{address}" : answer);
        return [.. spelled.Distinct().Order(StringComparer.Ordinal)];
    }
}
