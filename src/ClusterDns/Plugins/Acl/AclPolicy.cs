using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Acl;

/// <summary>One line of an <c>acl</c>.</summary>
/// <param name="Action">What becomes of the query.</param>
/// <param name="Types">Query types it is for; null for all.</param>
/// <param name="Clients">Clients it is for; null for all.</param>
internal sealed record AclPolicy(AclAction Action, IReadOnlySet<RecordType>? Types, AddressRanges? Clients)
{
    public bool Has(Query query) =>
        (Types is null || Types.Contains(query.Type)) && (Clients is null || Clients.Contains(query.Client));
}
