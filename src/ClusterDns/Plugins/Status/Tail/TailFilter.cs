using System.Diagnostics.CodeAnalysis;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Status.Tail;

/// <summary>Which queries a follower wants to see; what is not said is not asked for.</summary>
/// <param name="Part">A part of the name in lower case, in presentation form; empty for any.</param>
/// <param name="Type">Only this type.</param>
/// <param name="Code">Only this rcode.</param>
/// <param name="Client">Only this address.</param>
internal sealed record TailFilter(string Part, RecordType? Type, ResponseCode? Code, NetworkAddress? Client)
{
    public bool LetsThrough(Query query, ServeResult result) =>
        (Type is null || query.Type == Type)
        && (Code is null || (result.Outcome != ServeOutcome.Dropped && result.CodeFor(query) == Code))
        && (Client is null || new NetworkAddress(query.Client.Bits, query.Client.IsIPv4) == Client)
        && (Part.Length == 0 || Names(query));

    /// <summary>Reads what somebody typed; null where a word makes no sense, and why.</summary>
    public static bool TryParse(
        string part,
        string type,
        string code,
        string client,
        [NotNullWhen(true)] out TailFilter? filter,
        [NotNullWhen(false)] out string? mistake)
    {
        var (wantedType, wantedCode, wantedClient) = (default(RecordType), default(ResponseCode), default(NetworkAddress));
        mistake = part.Length > StatusLimits.Words ? "the name is too long"
            : type.Length > 0 && !Mnemonic.TryParse(type, out wantedType) ? "that is no record type"
            : code.Length > 0 && !Mnemonic.TryParse(code, out wantedCode) ? "that is no rcode"
            : client.Length > 0 && !NetworkAddress.TryParse(client, out wantedClient) ? "the client is no address"
            : null;
        filter = mistake is not null ? null : new TailFilter(
            part.ToLowerInvariant(),
            type.Length > 0 ? wantedType : null,
            code.Length > 0 ? wantedCode : null,
            client.Length > 0 ? wantedClient : null);
        return filter is not null;
    }

    private bool Names(Query query)
    {
        Span<char> text = stackalloc char[(WireName.MaxLength * 4) + 1];
        return text[..WireName.Format(query.Name.Wire, text)].IndexOf(Part, StringComparison.Ordinal) >= 0;
    }
}
