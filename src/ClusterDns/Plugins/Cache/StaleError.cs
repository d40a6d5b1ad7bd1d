using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>What tells a client with EDNS that an answer is old (RFC 8914, 4.4 and 4.20).</summary>
internal static class StaleError
{
    private static ReadOnlySpan<byte> StaleAnswer => [0, 3];

    private static ReadOnlySpan<byte> StaleNameError => [0, 19];

    public static ReadOnlySpan<byte> For(ResponseCode code) =>
        code == ResponseCode.NameError ? StaleNameError : StaleAnswer;
}
