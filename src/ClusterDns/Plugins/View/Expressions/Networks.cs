using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Plugins.Acl;
using ClusterDns.Transport;

namespace ClusterDns.Plugins.View.Expressions;

/// <summary><c>incidr(IP, CIDR)</c></summary>
internal static class Networks
{
    private const string NoAddress = "first argument is not an IP address";

    /// <exception cref="CorefileException">The arguments are no texts, or the network that is written out is none.</exception>
    public static Term Contains(FunctionCall call)
    {
        call.ExpectTexts(2, 2);
        var (address, network) = (call.Arguments[0], call.Arguments[1]);
        if (network.Constant is not { Text: var text })
        {
            return new Term(ValueKind.Boolean, (ref Evaluation evaluation) => Contains(
                ref evaluation, address.Evaluate(ref evaluation).Text, network.Evaluate(ref evaluation).Text));
        }

        var ranges = NetworkText.TryParse(text, out var parsed)
            ? new AddressRanges([parsed])
            : throw call.Error($"invalid CIDR address: {text}");

        // The usual form: no text is made of the address, only to be read again.
        if (address.Address is { } addressOf)
        {
            return new Term(ValueKind.Boolean, (ref Evaluation evaluation) =>
                Value.Of(ranges.Contains(addressOf(evaluation.Query))));
        }

        return new Term(ValueKind.Boolean, (ref Evaluation evaluation) =>
            TryParse(address.Evaluate(ref evaluation).Text, out var found)
                ? Value.Of(ranges.Contains(found))
                : evaluation.Fail(NoAddress));
    }

    private static Value Contains(ref Evaluation evaluation, string address, string network)
    {
        if (!TryParse(address, out var found))
        {
            return evaluation.Fail(NoAddress);
        }

        return NetworkText.TryParse(network, out var parsed)
            ? Value.Of(new AddressRanges([parsed]).Contains(found))
            : evaluation.Fail("second argument is not a CIDR address");
    }

    private static bool TryParse(string text, out TransportAddress address)
    {
        var isAddress = NetworkText.TryParseAddress(text, out var parsed) && !text.Contains('%');
        address = isAddress ? TransportAddress.From(new IPEndPoint(parsed!, 0)) : default;
        return isAddress;
    }
}
