using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ClusterDns.Kubernetes.Objects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Testing;

/// <summary>
/// An API server of a few kinds on a free port of 127.0.0.1: lists with pages, watches with bookmarks, streamed lists,
/// versions, history, and faults at will.
/// </summary>
public sealed class FakeApiServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly FakeStore _store = new();
    private readonly FakeFaultPlan _faults = new();
    private readonly FakeListEndpoint _lists;
    private readonly FakeWatchEndpoint _watches;
    private readonly FakeWriteEndpoint _writes;
    private readonly ConcurrentQueue<FakeRequest> _requests = new();
    private readonly ConcurrentDictionary<FakeResponse, bool> _inFlight = new();

    private FakeApiServer(WebApplication application)
    {
        _application = application;
        _lists = new FakeListEndpoint(_store);
        _watches = new FakeWatchEndpoint(_store);
        _writes = new FakeWriteEndpoint(_store);
        application.Run(ServeAsync);
    }

    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Every request so far, oldest first.</summary>
    public IReadOnlyList<FakeRequest> Requests => [.. _requests];

    /// <summary>Watches that are open now.</summary>
    public int OpenWatches => _watches.OpenCount;

    /// <summary>Bearer token that every request must carry; null asks for none.</summary>
    public string? RequiredToken { get; set; }

    /// <summary>Lists are compressed for those who can read it.</summary>
    public bool Gzip { get; set; } = true;

    /// <summary>EndpointSlices are served; without them the API group answers 404.</summary>
    public bool HasEndpointSlices { get; set; } = true;

    /// <summary>Streamed lists are served; else they are refused with <see cref="StreamedListRefusal"/>.</summary>
    public bool HasStreamedLists
    {
        get => _watches.StreamedListRefusal == 0;
        set => _watches.StreamedListRefusal = value ? 0 : 422;
    }

    /// <summary>Status that a server without streamed lists gives; 0 if it has them.</summary>
    public int StreamedListRefusal
    {
        get => _watches.StreamedListRefusal;
        set => _watches.StreamedListRefusal = value;
    }

    /// <summary>Between two bookmarks of a watch: a minute, as on a real server.</summary>
    public TimeSpan BookmarkInterval
    {
        get => _watches.BookmarkInterval;
        set => _watches.BookmarkInterval = value;
    }

    /// <summary>A version that is too old is told by an ERROR event, else by status 410.</summary>
    public bool ExpiresByEvent
    {
        get => _watches.ExpiresByEvent;
        set => _watches.ExpiresByEvent = value;
    }

    /// <summary>True once every injected fault has met its request.</summary>
    public bool FaultsAreUsedUp => _faults.IsEmpty;

    public static async Task<FakeApiServer> StartAsync(FakeApiServerOptions? options = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        options ??= new FakeApiServerOptions();
        if (options.OpenSocket is { } open)
        {
            builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket =
                endpoint => open(() => SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint)));
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options.Endpoint, listener => SetUp(listener, options)));
        var server = new FakeApiServer(builder.Build());
        await server._application.StartAsync();
        return server;
    }

    private static void SetUp(ListenOptions listener, FakeApiServerOptions options)
    {
        if (options.Certificates is not { } certificates)
        {
            return;
        }

        listener.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificates.Server,
            ClientCertificateMode = options.RequiresClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate,
            ClientCertificateValidation = (certificate, _, _) => certificates.HasIssued(certificate),
        });
    }

    /// <summary>Creates or replaces an object; its version is given by the server.</summary>
    public void Put(ResourceKind kind, string json) => _store.Put(kind, JsonNode.Parse(json)!.AsObject());

    /// <summary>False if there is no such object. The namespace of a Namespace is empty.</summary>
    public bool Delete(ResourceKind kind, string space, string name) => _store.Delete(kind, space, name);

    /// <summary>
    /// Puts every object of a cluster file: an object with a list for each plural name, or a Kubernetes List. Kinds that
    /// are not served are left out.
    /// </summary>
    public void Load(string clusterJson)
    {
        var cluster = JsonNode.Parse(clusterJson)!.AsObject();
        foreach (var resource in FakeResource.All)
        {
            foreach (var item in cluster[resource.Plural]?.AsArray() ?? [])
            {
                _store.Put(resource.Kind, item!.DeepClone().AsObject());
            }
        }

        foreach (var item in cluster["items"]?.AsArray() ?? [])
        {
            var kind = item!["kind"]?.GetValue<string>();
            if (FakeResource.All.FirstOrDefault(resource => resource.KindName == kind) is { } resource)
            {
                _store.Put(resource.Kind, item.DeepClone().AsObject());
            }
        }
    }

    /// <summary>The objects of a kind as they are now, each as JSON.</summary>
    public IReadOnlyList<string> Objects(ResourceKind kind) =>
        [.. _store.List(kind, new FakeSelector(null, null)).Objects.Select(item => item.Text)];

    /// <summary>The next so many matching requests meet a fault.</summary>
    public void Inject(FakeFault fault, ResourceKind? kind = null, FakeCall call = FakeCall.Any, int times = 1) =>
        _faults.Add(fault, kind, call, times);

    public void ClearFaults() => _faults.Clear();

    /// <summary>Resets every connection that a request is using.</summary>
    public void Disconnect()
    {
        foreach (var response in _inFlight.Keys)
        {
            response.Reset();
        }
    }

    /// <summary>Watches that are open now say nothing more, not even that they end.</summary>
    public void SilenceWatches() => _watches.Silence();

    /// <summary>Forgets the history of changes.</summary>
    public void Compact() => _store.Compact();

    /// <summary>Every token for a next page is too old from now on.</summary>
    public void ExpireContinueTokens() => _lists.ExpireTokens();

    /// <summary>The store is put back to an older version, as from a backup; its objects stay.</summary>
    public void GoBack(long versions) => _store.GoBack(versions);

    private async Task ServeAsync(HttpContext context)
    {
        var response = new FakeResponse(context);
        _inFlight[response] = true;
        try
        {
            await ServeAsync(context, response);
        }
        catch (OperationCanceledException)
        {
            // The client went, or was thrown out.
        }
        finally
        {
            _inFlight.TryRemove(response, out _);
            response.Leave();
        }
    }

    private async Task ServeAsync(HttpContext context, FakeResponse response)
    {
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await _writes.ServeAsync(context, response);
            return;
        }

        var resource = FakeResource.All.FirstOrDefault(candidate => candidate.Path == context.Request.Path);
        if (resource is null || (resource.Kind == ResourceKind.EndpointSlice && !HasEndpointSlices))
        {
            await response.WriteWholeAsync("404 page not found\n", "text/plain", 404);
            return;
        }

        var request = Describe(context, resource);
        _requests.Enqueue(request);
        if (RequiredToken is { } token && request.Headers.GetValueOrDefault("Authorization") != $"Bearer {token}")
        {
            await response.WriteStatusAsync(401, "Unauthorized");
            return;
        }

        var fault = _faults.Take(request);
        if (!await TryFailAsync(fault, response))
        {
            await AnswerAsync(request, response, fault);
        }
    }

    private Task AnswerAsync(FakeRequest request, FakeResponse response, FakeFault? fault)
    {
        var selector = new FakeSelector(
            request.Parameters.GetValueOrDefault("labelSelector"),
            request.Parameters.GetValueOrDefault("fieldSelector"));
        var gzip = Gzip && request.Headers.GetValueOrDefault("Accept-Encoding", "").Contains("gzip", StringComparison.Ordinal);
        return request.IsWatch
            ? _watches.ServeAsync(request, selector, response, fault)
            : _lists.ServeAsync(request, selector, response, fault, gzip);
    }

    private static async Task<bool> TryFailAsync(FakeFault? fault, FakeResponse response)
    {
        switch (fault)
        {
            case FakeFault.Status status:
                await response.WriteStatusAsync(status.Code, status.Reason, status.RetryAfter);
                return true;
            case FakeFault.Body body:
                await response.WriteWholeAsync(body.Text, body.ContentType, body.Code);
                return true;
            case FakeFault.Reset:
                response.Reset();
                return true;
            case FakeFault.Hang:
                await response.HangAsync();
                return true;
            case FakeFault.Silence:
                await response.BeginAsync();
                await response.HangAsync();
                return true;
            default:
                return false;
        }
    }

    private static FakeRequest Describe(HttpContext context, FakeResource resource)
    {
        var parameters = context.Request.Query.ToDictionary(entry => entry.Key, entry => entry.Value.ToString());
        var headers = context.Request.Headers.ToDictionary(entry => entry.Key, entry => entry.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new FakeRequest(resource.Kind, parameters.ContainsKey("watch"), parameters, headers, context.Request.Protocol);
    }

    public async ValueTask DisposeAsync()
    {
        Disconnect();
        await _application.DisposeAsync();
    }
}
