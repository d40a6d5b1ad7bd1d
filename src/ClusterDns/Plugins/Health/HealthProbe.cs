using System.Net;
using ClusterDns.Corefile;
using ClusterDns.Operations;
using ClusterDns.Operations.Http;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Health;

/// <summary>
/// Asks the process's own page each second, so that its metrics show an overloaded process before the kubelet's probe
/// fails.
/// </summary>
internal sealed class HealthProbe
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly HealthMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly string _shownUrl;
    private readonly Uri _url;
    private Task _running = Task.CompletedTask;

    /// <param name="listenAddress">Where the page is served, as written.</param>
    /// <param name="metrics">Where times and failures are counted.</param>
    /// <param name="logger">For failures.</param>
    /// <param name="time">The server's clock.</param>
    public HealthProbe(string listenAddress, HealthMetrics metrics, ILogger logger, TimeProvider time)
    {
        _metrics = metrics;
        _logger = logger;
        _time = time;
        _shownUrl = $"http://{listenAddress}{HealthOptions.Path}";
        _url = UrlOf(listenAddress);
    }

    public Task StartAsync()
    {
        _running = RunAsync();
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>One request; a failure is counted and logged, never thrown, unless the probe is being stopped.</summary>
    public async Task AskAsync(HttpClient client)
    {
        var start = _time.GetTimestamp();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        deadline.CancelAfter(Timeout);
        string? failure = null;
        try
        {
            using var reply = await client.GetAsync(_url, deadline.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException refused)
        {
            failure = refused.Message;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            failure = $"no reply within {GoDuration.Format(Timeout)}";
        }

        var elapsed = _time.GetElapsedTime(start);
        _metrics.Duration.Observe(elapsed.TotalSeconds);
        if (failure is not null)
        {
            _metrics.Failures.Inc();
            HealthLog.ProbeFailed(_logger, _shownUrl, failure);
        }
        else if (elapsed > SlowAfter)
        {
            HealthLog.ProbeWasSlow(_logger, _shownUrl, GoDuration.Format(elapsed));
        }
    }

    private async Task RunAsync()
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectTimeout = Timeout };
        using var client = new HttpClient(handler);
        await new PeriodicWork("the health probe", _logger, _time)
            .RunAsync(Interval, _ => AskAsync(client), _stop.Token)
            .ConfigureAwait(false);
    }

    // A server that listens on all addresses is asked on the loopback.
    private static Uri UrlOf(string listenAddress)
    {
        if (!HttpListenAddress.TryParse(listenAddress, out var address, out var mistake))
        {
            throw new ArgumentException(mistake, nameof(listenAddress));
        }

        var host = address.Host switch
        {
            "" or "0.0.0.0" => IPAddress.Loopback.ToString(),
            "::" => IPAddress.IPv6Loopback.ToString(),
            _ => address.Host,
        };
        return new UriBuilder(Uri.UriSchemeHttp, host, address.Port, HealthOptions.Path).Uri;
    }
}
