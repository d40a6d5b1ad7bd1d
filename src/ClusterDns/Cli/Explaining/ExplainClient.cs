using System.Globalization;
using ClusterDns.Cli.Commands;
using ClusterDns.Explaining;
using ClusterDns.Operations;
using ClusterDns.Wire;

namespace ClusterDns.Cli.Explaining;

/// <summary>Asks a running server for its explanation, over HTTP.</summary>
internal sealed class ExplainClient(Uri server, CommandContext context)
{
    /// <summary>Octets of an explanation; a long search list with long answers has some tens of thousands.</summary>
    private const int MostOctets = 1 << 20;

    /// <summary>Each name of a walk may have to wait for upstreams.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    /// <summary>Prints what the server says, and gives the exit code.</summary>
    public async Task<int> RunAsync(ExplainRequest request, bool isJson)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Longest, MaxResponseContentBufferSize = MostOctets };
        try
        {
            using var response = await client.GetAsync(new Uri(server, Write(request, isJson))).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
            var printable = string.Join('\n', text.Split('\n').Select(PrintableText.Escape));
            if (!response.IsSuccessStatusCode)
            {
                await context.Errors.WriteLineAsync(
                    response.Content.Headers.ContentType?.MediaType == "text/plain" && printable.Length > 0
                        ? printable.TrimEnd('\n')
                        : $"{server.Authority} says {(int)response.StatusCode}: it has no page {ExplainPage.Path}").ConfigureAwait(false);
                return (int)response.StatusCode is 400 or 422 ? ExitCode.WrongUsage : ExitCode.NoReply;
            }

            await context.Output.WriteAsync(printable).ConfigureAwait(false);
            return response.Headers.TryGetValues(ExplainPage.ResolvedHeader, out var values) && values.Contains("true")
                ? ExitCode.Success
                : ExitCode.Failure;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            // The edge to a server that may not be there, or never answers.
            await context.Errors.WriteLineAsync($"{server.Authority} cannot be asked: {exception.GetBaseException().Message}")
                .ConfigureAwait(false);
            return ExitCode.NoReply;
        }
    }

    private static string Write(ExplainRequest request, bool isJson)
    {
        var query = $"{ExplainPage.Path}?name={Uri.EscapeDataString(request.Name)}&type={Mnemonic.Of(request.Type)}"
            + (isJson ? "" : "&format=text");
        return request.From is { } from
            ? $"{query}&from={Uri.EscapeDataString(from)}"
            : query
                + $"&search={Uri.EscapeDataString(string.Join(',', request.Search.Elements.Take(ExplainLimits.MostSearched)))}"
                + $"&ndots={request.Search.Dots.ToString(CultureInfo.InvariantCulture)}";
    }
}
