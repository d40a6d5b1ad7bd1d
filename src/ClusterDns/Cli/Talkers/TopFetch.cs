using System.Net;
using ClusterDns.Cli.Commands;
using ClusterDns.Plugins.Top;

namespace ClusterDns.Cli.Talkers;

/// <summary>Asks the server's page; what goes wrong is a sentence on the error stream.</summary>
internal sealed class TopFetch : IDisposable
{
    /// <summary>Octets of a reply: more than the longest names in every list have, all escaped.</summary>
    private const int MostOctets = 8 * 1024 * 1024;

    /// <summary>From the connection to the end of the reply.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TopRequest _request;
    private readonly CommandContext _context;
    private readonly HttpClient _client;

    public TopFetch(TopRequest request, CommandContext context)
    {
        _request = request;
        _context = context;
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
        {
            MaxResponseContentBufferSize = MostOctets,
        };
    }

    /// <summary>The server's report; null if there is none.</summary>
    public async Task<TopReport?> AskAsync()
    {
        using var deadline = new CancellationTokenSource(Timeout, _context.Time);
        try
        {
            using var reply = await _client.GetAsync(_request.Url, deadline.Token).ConfigureAwait(false);
            if (reply.StatusCode != HttpStatusCode.OK)
            {
                return await FailAsync(reply.StatusCode == HttpStatusCode.NotFound
                    ? $"{_request.Server} has no {TopOptions.Path}: its Corefile needs 'top ADDRESS'"
                    : $"{_request.Server} replied with HTTP status {(int)reply.StatusCode}").ConfigureAwait(false);
            }

            var octets = await reply.Content.ReadAsByteArrayAsync(deadline.Token).ConfigureAwait(false);
            return TopJsonReader.TryRead(octets, out var report)
                ? report
                : await FailAsync($"{_request.Server} replied with something else than its top talkers").ConfigureAwait(false);
        }
        catch (HttpRequestException refused)
        {
            return await FailAsync($"{_request.Server} cannot be asked: {TopText.Printable(refused.Message)}").ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody but the deadline cancels.
            return await FailAsync($"{_request.Server} did not reply within {Timeout.TotalSeconds} s").ConfigureAwait(false);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<TopReport?> FailAsync(string sentence)
    {
        await _context.Errors.WriteLineAsync(sentence).ConfigureAwait(false);
        return null;
    }
}
