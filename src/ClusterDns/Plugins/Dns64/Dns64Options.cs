namespace ClusterDns.Plugins.Dns64;

/// <param name="Prefix">Where IPv4 addresses are mapped to.</param>
/// <param name="TranslatesAll">Whether names that have AAAA records are translated as well.</param>
/// <param name="AllowsIPv4">Whether clients that ask over IPv4 get translations.</param>
internal sealed record Dns64Options(Dns64Prefix Prefix, bool TranslatesAll, bool AllowsIPv4);
