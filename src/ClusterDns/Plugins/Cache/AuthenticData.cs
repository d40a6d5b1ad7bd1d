using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Cache;

/// <summary>Whether a client understands AD: it sets DO or the bit itself (RFC 6840, 5.7 and 5.8).</summary>
internal static class AuthenticData
{
    public static bool IsAskedBy(Query query) =>
        query.Edns.DnssecOk || (query.Flags & MessageHeader.AuthenticDataFlag) != 0;
}
