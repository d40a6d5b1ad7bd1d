using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Testing.Faults;

/// <summary>
/// Stands between a server and an API server that is reached over plain HTTP, a fake one or a <c>kubectl proxy</c>, and
/// does what networks, load balancers and API servers do on a bad day.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);

    private readonly WebApplication _application;
    private readonly Uri _upstream;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentDictionary<ProxiedAnswer, bool> _open = new();
    private readonly ConcurrentDictionary<string, bool> _forgetful = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("clusterdns-faults-");
    private volatile string? _token;
    private volatile bool _isDown;
    private volatile bool _cutsNext;

    private FaultProxy(WebApplication application, Uri upstream)
    {
        _application = application;
        _upstream = upstream;
        application.Run(ServeAsync);
    }

    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>
    /// A file with the bearer token that every request must carry, once there is one; it goes no further than here.
    /// </summary>
    public string TokenPath => Path.Combine(_folder.FullName, "token");

    /// <summary>Status for a request with this path, and its Retry-After; null lets it pass.</summary>
    public Func<string, (int Code, string? RetryAfter)?>? Refuses { get; set; }

    /// <summary>Times here pass so much faster.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>So long nothing comes of a list.</summary>
    public TimeSpan ListDelay { get; set; }

    /// <param name="upstream">The API server.</param>
    public static async Task<FaultProxy> StartAsync(Uri upstream)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var proxy = new FaultProxy(builder.Build(), upstream);
        await proxy._application.StartAsync();
        return proxy;
    }

    /// <summary>Every connection is reset, and every new one.</summary>
    public void GoDown()
    {
        _isDown = true;
        Reset();
    }

    public void ComeBack() => _isDown = false;

    /// <summary>Ends every answer under way by a reset.</summary>
    public void Reset() => Tell(answer => answer.Reset());

    /// <summary>Nothing comes any more of what is under way, not even an end. New connections are sound.</summary>
    public void DropSilently() => Tell(answer => answer.Silence());

    /// <summary>Every watch under way is told that its version is too old, and ended.</summary>
    public void Expire() => Tell(answer => answer.Expire());

    /// <summary>The next piece of a watch comes by half, and its end then as if that were all.</summary>
    public void CutNext() => _cutsNext = true;

    /// <summary>The next watch of each kind that goes on from a version is told that it is too old.</summary>
    public void ForgetVersions()
    {
        foreach (var resource in FakeResource.All)
        {
            _forgetful[resource.Path] = true;
        }
    }

    /// <summary>Requests need a token from now on, or another one than before; it is in the file when this ends.</summary>
    public async Task RotateTokenAsync()
    {
        var token = Guid.NewGuid().ToString();
        await File.WriteAllTextAsync(TokenPath, token);
        _token = token;
    }

    private void Tell(Action<ProxiedAnswer> what)
    {
        foreach (var answer in _open.Keys)
        {
            what(answer);
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var answer = new ProxiedAnswer(context, TakeCut);
        _open[answer] = true;
        try
        {
            await ServeAsync(context, answer);
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException or IOException or ObjectDisposedException)
        {
            // The server under test went, or what is behind us did.
            context.Abort();
        }
        finally
        {
            _open.TryRemove(answer, out _);
        }
    }

    private async Task ServeAsync(HttpContext context, ProxiedAnswer answer)
    {
        if (_isDown)
        {
            context.Abort();
            return;
        }

        if (_token is { } token && context.Request.Headers.Authorization != $"Bearer {token}")
        {
            await answer.RefuseAsync(401, retryAfter: null);
        }
        else if (Refuses?.Invoke(context.Request.Path) is { } refusal)
        {
            await answer.RefuseAsync(refusal.Code, refusal.RetryAfter);
        }
        else if (answer.IsResumed && _forgetful.TryRemove(context.Request.Path, out _))
        {
            await answer.RefuseAsync(410, retryAfter: null);
        }
        else
        {
            await PassAsync(context, answer);
        }
    }

    private async Task PassAsync(HttpContext context, ProxiedAnswer answer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_upstream, $"{context.Request.Path}{context.Request.QueryString}"));
        request.Headers.TryAddWithoutValidation("Accept", context.Request.Headers.Accept.ToArray());
        request.Headers.TryAddWithoutValidation("Accept-Encoding", context.Request.Headers.AcceptEncoding.ToArray());
        if (!answer.IsResumed && !context.Request.Query.ContainsKey("continue") && ListDelay > TimeSpan.Zero)
        {
            await answer.DelayAsync(ListDelay / Scale);
        }

        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, answer.Ended);
        await answer.PassAsync(response);
    }

    private bool TakeCut() => _cutsNext && Interlocked.Exchange(ref _cutsNext, false);

    public async ValueTask DisposeAsync()
    {
        // Without a limit of its own a request that came too late to be reset holds the end back for half a minute.
        GoDown();
        _client.Dispose();
        using var patience = new CancellationTokenSource(StopTimeout);
        await _application.StopAsync(patience.Token);
        await _application.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
