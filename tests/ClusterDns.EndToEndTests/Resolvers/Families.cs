namespace ClusterDns.EndToEndTests.Resolvers;

internal enum Families
{
    Both,

    IPv4,

    /// <summary>IPv6, and where there is none, IPv4 as <c>::ffff:ADDRESS</c> (AI_V4MAPPED).</summary>
    IPv6OrMapped,
}
