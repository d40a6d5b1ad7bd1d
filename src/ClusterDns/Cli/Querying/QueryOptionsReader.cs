using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>Turns the words of <c>query</c> into what to ask; each mistake in a sentence.</summary>
internal static class QueryOptionsReader
{
    private const double ShortestTimeout = 0.1;
    private const double LongestTimeout = 300;

    public static bool TryRead(
        CommandArguments arguments,
        [NotNullWhen(true)] out QueryOptions? options,
        [NotNullWhen(false)] out string? error)
    {
        options = null;
        var words = arguments.Operands.Where(word => !word.StartsWith('@')).ToList();
        var servers = arguments.Operands.Where(word => word.StartsWith('@')).ToList();
        var read = new QueryOptions
        {
            Name = "",
            Server = servers.Count > 0 ? servers[^1][1..] : null,
            UsesTcp = arguments.Has(QueryCommand.Tcp),
            DnssecOk = arguments.Has(QueryCommand.DnssecOk),
            WantsRecursion = !arguments.Has(QueryCommand.NoRecursion),
            Searches = arguments.Has(QueryCommand.Search),
            IsShort = arguments.Has(QueryCommand.Short),
            IsJson = arguments.Has(QueryCommand.Json),
        };
        if (servers.Count > 1)
        {
            error = "more than one @SERVER is named";
        }
        else if (TryReadName(ref read, words, arguments, out error)
            && TryReadKind(ref read, words, out error)
            && TryReadSize(ref read, arguments, out error)
            && TryReadTimeout(ref read, arguments, out error))
        {
            options = read;
        }

        return error is null;
    }

    private static bool TryReadName(ref QueryOptions options, List<string> words, CommandArguments arguments, out string? error)
    {
        error = null;
        if (arguments.Has(QueryCommand.Reverse))
        {
            var text = arguments.ValueOf(QueryCommand.Reverse)!;
            if (!NetworkText.TryParseAddress(text, out var address))
            {
                error = $"'{text}' is not an IP address";
                return false;
            }

            options = options with { Name = ReverseAddress.NameOf(address), Type = RecordType.PTR, Searches = false };
            return true;
        }

        if (words.Count == 0)
        {
            error = "which name?";
            return false;
        }

        options = options with { Name = words[0] };
        words.RemoveAt(0);
        error = DnsName.TryParse(options.Name, out _) ? null : $"'{options.Name}' is not a domain name";
        return error is null;
    }

    private static bool TryReadKind(ref QueryOptions options, List<string> words, out string? error)
    {
        error = null;
        foreach (var word in words)
        {
            if (Mnemonic.TryParse(word, out RecordClass recordClass) && word is not ("ANY" or "any"))
            {
                options = options with { Class = recordClass };
            }
            else if (Mnemonic.TryParse(word, out RecordType type))
            {
                options = options with { Type = type };
                error = type is RecordType.AXFR or RecordType.IXFR ? "a transfer of a zone is more than one question" : null;
            }
            else
            {
                var nearest = NearestName.Find(word.ToUpperInvariant(), Enum.GetNames<RecordType>());
                error = $"'{word}' is no record type" + (nearest is null ? "" : $", did you mean {nearest}?");
            }

            if (error is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadSize(ref QueryOptions options, CommandArguments arguments, out string? error)
    {
        error = null;
        if (arguments.Has(QueryCommand.NoEdns))
        {
            options = options with { PayloadSize = null };
            error = arguments.Has(QueryCommand.Edns) || options.DnssecOk
                ? $"{QueryCommand.NoEdns} excludes {QueryCommand.Edns} and {QueryCommand.DnssecOk}"
                : null;
        }
        else if (arguments.ValueOf(QueryCommand.Edns) is { } text)
        {
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                options = options with { PayloadSize = size };
            }
            else
            {
                error = $"'{text}' is not a number of octets from 0 to 65535";
            }
        }

        return error is null;
    }

    private static bool TryReadTimeout(ref QueryOptions options, CommandArguments arguments, out string? error)
    {
        error = null;
        if (arguments.ValueOf(QueryCommand.Timeout) is { } text)
        {
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is >= ShortestTimeout and <= LongestTimeout)
            {
                options = options with { Timeout = TimeSpan.FromSeconds(seconds) };
            }
            else
            {
                error = $"'{text}' is not a number of seconds from 0.1 to 300";
            }
        }

        return error is null;
    }
}
