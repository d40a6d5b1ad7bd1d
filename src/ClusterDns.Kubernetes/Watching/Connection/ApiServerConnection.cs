using System.Net;
using System.Security.Cryptography.X509Certificates;
using k8s;
using k8s.Authentication;

namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>The client library's connection pool and credentials, set up so that a dead path is noticed in half a minute.</summary>
internal sealed class ApiServerConnection : IDisposable
{
    private readonly k8s.Kubernetes _client;
    private readonly ServiceClientCredentials? _credentials;
    private readonly TokenFile? _token;
    private readonly Uri _base;
    private readonly string? _tlsServerName;

    private ApiServerConnection(KubernetesClientConfiguration configuration)
    {
        _client = new k8s.Kubernetes(configuration);
        _credentials = _client.Credentials;
        _token = configuration.TokenProvider as TokenFile;
        _tlsServerName = string.IsNullOrEmpty(configuration.TlsServerName) ? null : configuration.TlsServerName;

        // With the slash a path in the URL, as in front of a proxy for many clusters, is kept.
        _base = new Uri(configuration.Host.TrimEnd('/') + "/");
    }

    /// <summary>Host and port, for metrics.</summary>
    public string Host => _base.Authority;

    /// <exception cref="ClusterSourceException">The options lead to no API server.</exception>
    public static ApiServerConnection Open(ClusterSourceOptions options, InClusterAccess access, WatchLimits limits, TimeProvider time)
    {
        var configuration = ClientConfiguration.Build(options, access, limits, time);
        configuration.UserAgent = $"ClusterDns/{typeof(ApiServerConnection).Assembly.GetName().Version?.ToString(3)}";

        // The library's own check of the authority forgets to compare the host's name: a kubelet's certificate would pass
        // for the API server's. Without its collection it leaves the check to us.
        var authority = configuration.SslCaCerts;
        configuration.SslCaCerts = null;
        configuration.FirstMessageHandlerSetup = handler => SetUp(handler, authority, limits);
        try
        {
            return new ApiServerConnection(configuration);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Start-up, and the library lets through whatever a bad certificate, key or URL makes .NET throw.
            throw new ClusterSourceException($"unable to set up the connection to {configuration.Host}: {failure.Message}", failure);
        }
    }

    private static void SetUp(SocketsHttpHandler handler, X509Certificate2Collection? authority, WatchLimits limits)
    {
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        handler.AllowAutoRedirect = false;
        handler.ConnectTimeout = limits.ConnectTimeout;
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.KeepAlivePingDelay = limits.KeepAlivePingDelay;
        handler.KeepAlivePingTimeout = limits.KeepAlivePingTimeout;
        if (authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = TrustOnly(authority);
        }
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2Collection authority)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authority);
        return policy;
    }

    /// <summary>Sends a GET and gives the answer once its headers are here.</summary>
    public async Task<HttpResponseMessage> GetAsync(string pathAndQuery, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_base, pathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Accept.ParseAdd("application/json");

        // SocketsHttpHandler takes the name that the certificate must have from here, and from nowhere else.
        request.Headers.Host = _tlsServerName;
        if (_credentials is not null)
        {
            await _credentials.ProcessHttpRequestAsync(request, cancellation).ConfigureAwait(false);
        }

        var response = await _client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
            .ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            _token?.Forget();
        }

        return response;
    }

    public void Dispose() => _client.Dispose();
}
