using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ClusterDns.Operations.Http;

/// <summary>
/// One address: a Kestrel without a host around it. Three of them, after 60 requests, cost 3.8 MB of resident memory in
/// a Native AOT process and 14.7 MB under the JIT; three slim-builder applications cost 9.2 and 23.3 MB.
/// </summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly string _address;
    private readonly ILogger _logger;

    private HttpServer(KestrelServer server, PageApplication pages, string address, ILogger logger)
    {
        _server = server;
        _address = address;
        _logger = logger;
        Pages = pages;
    }

    public PageApplication Pages { get; }

    /// <summary>What is really bound: the port that the system chose for port 0. None for a Unix socket.</summary>
    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    /// <exception cref="HttpListenException">The address is malformed, taken, or not of this machine.</exception>
    public static async Task<HttpServer> OpenAsync(string address, ILogger logger, CancellationToken cancellation)
    {
        try
        {
            var endpoint = await ResolveAsync(address, cancellation).ConfigureAwait(false);
            return await OpenAsync(address, endpoint, logger, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or SocketException or UnauthorizedAccessException)
        {
            // Kestrel wraps what the system said; only that is worth a sentence.
            throw new HttpListenException(address, (failure.GetBaseException() as SocketException ?? failure).Message, failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(HttpLimits.Closing);
        await Pages.CloseAsync().ConfigureAwait(false);
        await _server.StopAsync(deadline.Token).ConfigureAwait(false);
        if (deadline.IsCancellationRequested)
        {
            HttpLog.ClosedLate(_logger, _address);
        }

        _server.Dispose();
    }

    private static async Task<EndPoint> ResolveAsync(string address, CancellationToken cancellation)
    {
        if (UnixSocketAddress.IsMeantBy(address))
        {
            return UnixSocketAddress.TryParse(address, out var unix, out var mistakeOfPath)
                ? new UnixDomainSocketEndPoint(unix.Path)
                : throw new HttpListenException(address, mistakeOfPath);
        }

        return HttpListenAddress.TryParse(address, out var wanted, out var mistake)
            ? await wanted.ResolveAsync(cancellation).ConfigureAwait(false)
            : throw new HttpListenException(address, mistake);
    }

    private static async Task<HttpServer> OpenAsync(
        string address,
        EndPoint endpoint,
        ILogger logger,
        CancellationToken cancellation)
    {
        var options = Limited();
        ListenOptions? listening = null;
        options.Listen(endpoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listening = listen;
        });
        var isUnixSocket = endpoint is UnixDomainSocketEndPoint;
        var sockets = new SocketTransportOptions { CreateBoundListenSocket = Bind };
        var transport = new SocketTransportFactory(Options.Create(sockets), NullLoggerFactory.Instance);
        var kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var server = new HttpServer(kestrel, new PageApplication(isUnixSocket, logger), address, logger);
        var isStarted = false;
        try
        {
            await kestrel.StartAsync<HttpContext>(server.Pages, cancellation).ConfigureAwait(false);
            isStarted = true;
        }
        finally
        {
            if (!isStarted)
            {
                kestrel.Dispose();
            }
        }

        server.EndPoint = listening?.IPEndPoint ?? endpoint as IPEndPoint ?? server.EndPoint;
        return server;
    }

    private static KestrelServerOptions Limited() => new()
    {
        AddServerHeader = false,
        Limits =
        {
            MaxConcurrentConnections = HttpLimits.Connections,
            MaxRequestLineSize = HttpLimits.RequestLine,
            MaxRequestHeadersTotalSize = HttpLimits.RequestHeaders,
            MaxRequestHeaderCount = HttpLimits.RequestHeaderCount,
            MaxRequestBodySize = HttpLimits.RequestBody,
            RequestHeadersTimeout = HttpLimits.HeadersWithin,
            KeepAliveTimeout = HttpLimits.IdleConnection,
        },
    };

    // SO_REUSEADDR comes with SO_REUSEPORT here: a reload may move from :8080 to 127.0.0.1:8080 while the old socket is
    // still open, and two overlapping addresses of one Corefile work as they do in CoreDNS.
    private static Socket Bind(EndPoint endpoint)
    {
        if (endpoint is UnixDomainSocketEndPoint unix)
        {
            return new UnixSocketAddress(unix.ToString()).Bind();
        }

        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        if (endpoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
        {
            socket.DualMode = true;
        }

        var isBound = false;
        try
        {
            socket.Bind(endpoint);
            isBound = true;
            return socket;
        }
        finally
        {
            if (!isBound)
            {
                socket.Dispose();
            }
        }
    }
}
