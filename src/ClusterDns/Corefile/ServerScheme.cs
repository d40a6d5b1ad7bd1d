namespace ClusterDns.Corefile;

/// <summary>What may stand in front of <c>://</c> in a key. Whether a scheme is served is not decided here.</summary>
internal static class ServerScheme
{
    public const string Dns = "dns";

    private const string Separator = "://";

    private static readonly (string Name, int Port)[] WithOwnPort =
        [("tls", 853), ("quic", 853), ("grpc", 443), ("https", 443), ("https3", 443)];

    /// <summary>Takes the scheme off; a text with none that is known is <see cref="Dns"/> as it stands.</summary>
    public static (string Scheme, string Address) Split(string text)
    {
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        var name = end < 0 ? "" : text[..end];
        return name == Dns || WithOwnPort.Any(scheme => scheme.Name == name)
            ? (name, text[(end + Separator.Length)..])
            : (Dns, text);
    }

    public static int DefaultPort(string scheme, int dnsPort) =>
        WithOwnPort.FirstOrDefault(known => known.Name == scheme) is { Port: > 0 } own ? own.Port : dnsPort;
}
