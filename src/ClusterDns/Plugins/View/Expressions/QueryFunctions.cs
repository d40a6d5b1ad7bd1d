using System.Collections.Frozen;
using System.Globalization;
using ClusterDns.Corefile;
using ClusterDns.Serving;
using ClusterDns.Transport;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary>What a view may ask about a query, by CoreDNS's names.</summary>
internal static class QueryFunctions
{
    private const string Metadata = "metadata";

    private static readonly FrozenDictionary<string, Term> WithoutArguments = new Dictionary<string, Term>
    {
        ["bufsize"] = Whole(static query => PayloadSize(query)),
        ["class"] = Text(static (ref Evaluation evaluation) => Mnemonic.Of(evaluation.Query.Class)),
        ["client_ip"] = Text(static (ref Evaluation evaluation) => evaluation.ClientAddress) with { Address = static query => query.Client },
        ["do"] = new(ValueKind.Boolean, static (ref Evaluation evaluation) => Value.Of(evaluation.Query.Edns.DnssecOk)),
        ["id"] = Whole(static query => query.Id),
        ["name"] = Text(static (ref Evaluation evaluation) => evaluation.Name),
        ["opcode"] = Whole(static query => (int)MessageHeader.OpcodeOf(query.Flags)),
        ["port"] = Text(static (ref Evaluation evaluation) => PortOf(evaluation.Query.Client)),
        ["proto"] = Text(static (ref Evaluation evaluation) => evaluation.Query.Protocol == TransportProtocol.Udp ? "udp" : "tcp"),
        ["server_ip"] = Text(static (ref Evaluation evaluation) => evaluation.ServerAddress) with { Address = static query => query.Local },
        ["server_port"] = Text(static (ref Evaluation evaluation) => PortOf(evaluation.Query.Local)),
        ["size"] = Whole(static query => query.PacketLength),
        ["type"] = Text(static (ref Evaluation evaluation) => Mnemonic.Of(evaluation.Query.Type)),
    }.ToFrozenDictionary();

    private delegate string TextOf(ref Evaluation evaluation);

    public static IEnumerable<string> Names => WithoutArguments.Keys.Append(Metadata);

    public static bool IsKnown(string name) => name == Metadata || WithoutArguments.ContainsKey(name);

    /// <exception cref="CorefileException">It does not take such arguments.</exception>
    public static Term Call(FunctionCall call)
    {
        if (call.Name.Text != Metadata)
        {
            call.ExpectCount(0, 0);
            return WithoutArguments[call.Name.Text];
        }

        call.ExpectTexts(1, 1);
        var label = call.Arguments[0];
        return Text((ref Evaluation evaluation) => evaluation.Query.MetadataOf(label.Evaluate(ref evaluation).Text) ?? "");
    }

    // Over TCP there is no bound but the message's own, whatever the client says.
    private static int PayloadSize(Query query) => query.Protocol == TransportProtocol.Udp
        ? Math.Max((int)query.Edns.PayloadSize, MessageHeader.MinUdpPayloadSize)
        : MessageHeader.MaxMessageSize;

    private static string PortOf(TransportAddress address) => address.Port.ToString(CultureInfo.InvariantCulture);

    private static Term Text(TextOf text) => new(ValueKind.Text, (ref Evaluation evaluation) => Value.Of(text(ref evaluation)));

    private static Term Whole(Func<Query, int> number) =>
        new(ValueKind.Whole, (ref Evaluation evaluation) => Value.Of((long)number(evaluation.Query)));
}
