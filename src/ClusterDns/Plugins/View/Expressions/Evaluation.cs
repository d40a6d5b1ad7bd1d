using System.Text;
using ClusterDns.Plugins.Log;
using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>
/// One query while views look at it. It lives on the stack; what costs a string is made once for all of them, and only
/// if one asks.
/// </summary>
internal ref struct Evaluation(Query query)
{
    /// <summary>Characters that a text may grow to by putting others together.</summary>
    public const int MaxTextLength = 8192;

    private string? _name;
    private string? _clientAddress;
    private string? _serverAddress;

    public Query Query { get; } = query;

    /// <summary>The element that a predicate is asked about.</summary>
    public Value Element { get; set; }

    /// <summary>
    /// Why there is no result: an expression that fails turns the query away, whatever it would have come to. Null while
    /// all went well.
    /// </summary>
    public string? Failure { get; private set; }

    /// <summary>The name asked for, in lower case, with its final dot.</summary>
    public string Name => _name ??= WireName.ToText(Query.Name.Wire);

    public string ClientAddress => _clientAddress ??= TextOf(Query.Client);

    public string ServerAddress => _serverAddress ??= TextOf(Query.Local);

    /// <summary>Notes the first failure, and gives what stands in for the value.</summary>
    public Value Fail(string reason)
    {
        Failure ??= reason;
        return default;
    }

    /// <summary>Forgets the failure, for the next expression.</summary>
    public void Begin() => Failure = null;

    // As Go prints it; logs have brackets around those of IPv6, views have not.
    private static string TextOf(TransportAddress address)
    {
        Span<byte> octets = stackalloc byte[AddressText.MaxLength];
        var text = octets[..AddressText.Write(address, octets)];
        return Encoding.ASCII.GetString(text is [(byte)'[', .. var inner, (byte)']'] ? inner : text);
    }
}
