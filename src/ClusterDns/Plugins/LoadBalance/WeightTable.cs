using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.LoadBalance;

/// <summary>What a weight file says: for each name its addresses and their weights. Immutable.</summary>
internal sealed class WeightTable
{
    public static readonly WeightTable Empty = new([]);

    private const byte DefaultWeight = 1;

    private readonly Dictionary<DnsName, AddressWeight[]>.AlternateLookup<ReadOnlySpan<byte>> _byWireName;

    private WeightTable(Dictionary<DnsName, List<AddressWeight>> weights)
    {
        var byName = weights.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray(), NameComparer.Instance);
        _byWireName = byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>
    /// Reads a file: a name alone on its line, then lines of address and weight; <c>#</c> begins a comment line. On
    /// failure <paramref name="mistake"/> says what and where.
    /// </summary>
    public static bool TryParse(
        string path,
        string text,
        [NotNullWhen(true)] out WeightTable? table,
        [NotNullWhen(false)] out string? mistake)
    {
        table = null;
        var weights = new Dictionary<DnsName, List<AddressWeight>>();
        List<AddressWeight>? ofName = null;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && !words[0].StartsWith('#') && ReadLine(words, weights, ref ofName) is { } fault)
            {
                mistake = $"{fault} in weight file {path}, line {number}";
                return false;
            }
        }

        mistake = null;
        table = new WeightTable(weights);
        return true;
    }

    /// <summary>The weights of a whole lower-case name; empty for one that is not in the file.</summary>
    public ReadOnlySpan<AddressWeight> OfName(ReadOnlySpan<byte> wireName) =>
        _byWireName.TryGetValue(wireName, out var weights) ? weights : [];

    public static int WeightOf(ReadOnlySpan<AddressWeight> weights, NetworkAddress address)
    {
        foreach (ref readonly var entry in weights)
        {
            if (entry.Address == address)
            {
                return entry.Weight;
            }
        }

        return DefaultWeight;
    }

    private static string? ReadLine(
        string[] words,
        Dictionary<DnsName, List<AddressWeight>> weights,
        ref List<AddressWeight>? ofName)
    {
        var isAddress = NetworkAddress.TryParse(words[0], out var address);
        if (words.Length == 1)
        {
            if (isAddress || !DnsName.TryParse(words[0], out var name))
            {
                return $"wrong domain name: \"{words[0]}\" (maybe a missing weight value?)";
            }

            if (!weights.TryGetValue(name, out ofName))
            {
                weights.Add(name, ofName = []);
            }

            return null;
        }

        if (words.Length > 2 || !isAddress)
        {
            return words.Length > 2 ? "could not parse weight line" : $"wrong IP address: \"{words[0]}\"";
        }

        if (!byte.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var weight) || weight == 0)
        {
            return $"wrong weight value: \"{words[1]}\"";
        }

        ofName?.Add(new AddressWeight(address, weight));
        return ofName is null ? "missing domain name" : null;
    }
}
