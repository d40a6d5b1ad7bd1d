using System.Diagnostics.CodeAnalysis;
using ClusterDns.Cli.Commands;
using ClusterDns.Corefile;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Top;

namespace ClusterDns.Cli.Talkers;

/// <summary>What <c>top</c> was told to show.</summary>
internal sealed record TopRequest
{
    public const int DefaultCount = 10;

    /// <summary>As written, <c>host:port</c>.</summary>
    public required string Server { get; init; }

    public required Uri Url { get; init; }

    public TopFamily Family { get; init; }

    public int Count { get; init; } = DefaultCount;

    public bool Watches { get; init; }

    public bool IsJson { get; init; }

    public static bool TryRead(
        CommandArguments arguments,
        [NotNullWhen(true)] out TopRequest? request,
        [NotNullWhen(false)] out string? error)
    {
        request = null;
        error = null;
        var by = arguments.ValueOf(TopCommand.By) ?? TopFamilies.NameOf(TopFamily.Client);
        if (!TopFamilies.TryParse(by, out var family))
        {
            var nearest = NearestName.Find(by, TopFamilies.Names);
            error = $"'{by}' is none of {string.Join(", ", TopFamilies.Names)}"
                + (nearest is null ? "" : $"; did you mean {nearest}?");
            return false;
        }

        var count = DefaultCount;
        if (arguments.ValueOf(TopCommand.Count) is { } text && !TopPage.TryReadCount(text, out count))
        {
            error = $"'{text}' is not a number from 1 to {TopTalkers.MostEntries}";
            return false;
        }

        var server = arguments.ValueOf(TopCommand.Server) ?? TopOptions.UsualAddress;
        if (!TryReadUrl(server, family, count, out var url, out error))
        {
            return false;
        }

        request = new TopRequest
        {
            Server = server,
            Url = url,
            Family = family,
            Count = count,
            Watches = arguments.Has(TopCommand.Watch),
            IsJson = arguments.Has(TopCommand.Json),
        };
        return true;
    }

    private static bool TryReadUrl(
        string server, TopFamily family, int count, [NotNullWhen(true)] out Uri? url, [NotNullWhen(false)] out string? error)
    {
        url = null;
        if (!HttpListenAddress.TryParse(server, out var address, out error))
        {
            return false;
        }

        var host = address.Host.Length == 0 ? "localhost" : address.Host;
        url = new UriBuilder(Uri.UriSchemeHttp, host, address.Port, TopOptions.Path)
        {
            Query = $"by={TopFamilies.NameOf(family)}&count={count}",
        }.Uri;
        return true;
    }
}
