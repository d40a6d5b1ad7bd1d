using System.Net;
using System.Net.Sockets;
using ClusterDns.Operations.Http;
using ClusterDns.Plugins.Status;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Status;

/// <summary>Streams come to an end, are bounded, and may go over a Unix socket.</summary>
[TestFixture]
internal sealed class StatusStreamsTests
{
    private const string Address = "127.0.0.1:0";
    private const string Corefile = ".:0 {\n bind 127.0.0.1\n status 127.0.0.1:0\n whoami\n}";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Events_MorePagesThanAllowed_AreTurnedAwayAndTheOthersGoOn()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        using var client = ClientOf(server);
        List<StreamReader> pages = [];
        for (var i = 0; i < StatusLimits.Streams; i++)
        {
            pages.Add(new StreamReader(await client.GetStreamAsync("/events")));
        }

        using (var refused = await client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }

        foreach (var page in pages)
        {
            Assert.That(await page.ReadLineAsync().WaitAsync(Patience), Does.StartWith("data: {\"first\":true"));
            page.Dispose();
        }

        // A place is free again once the server has noticed that its page has gone.
        await UntilAsync(() => server.Services.Status.Streams.Taken == 0);
        using var again = await client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Tail_NobodyFollows_IsNoTail()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        using var client = ClientOf(server);
        var tail = server.Services.Status.Tail;
        Assert.That(tail.Followers, Is.Null);
        List<Stream> followers = [];
        for (var i = 0; i < StatusLimits.Tails; i++)
        {
            followers.Add(await client.GetStreamAsync("/tail"));
        }

        using (var refused = await client.GetAsync("/tail", HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        }

        Assert.That(tail.Followers, Has.Length.EqualTo(StatusLimits.Tails));
        followers.ForEach(follower => follower.Dispose());
        await UntilAsync(() => tail.Followers is null);
    }

    [Test]
    public async Task Reload_StatusTakenOut_EndsStreamsAndAllWork()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        using var client = ClientOf(server);
        using var page = new StreamReader(await client.GetStreamAsync("/events"));
        await page.ReadLineAsync();
        var refusal = await server.ReloadAsync(".:0 {\n bind 127.0.0.1\n whoami\n}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal, Is.Null);
            Assert.That(server.Services.Status.IsActive, Is.False);
            Assert.That(server.PageEndpoint(Address), Is.Null);
            Assert.That(server.Log, Has.None.Contains("did not close in time"));
        }

        var end = page.ReadToEndAsync();
        await ((Task)end.WaitAsync(Patience)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That(end.IsCompleted, Is.True);
    }

    [Test]
    public async Task Reload_StatusStays_StreamGoesOnWithTheNewConfiguration()
    {
        await using var server = await RunningServer.StartAsync(Corefile);
        using var client = ClientOf(server);
        using var page = new StreamReader(await client.GetStreamAsync("/events"));
        await server.ReloadAsync(Corefile.Replace("whoami", "nsid\n whoami", StringComparison.Ordinal));
        string? line;
        do
        {
            line = await page.ReadLineAsync().WaitAsync(Patience);
        }
        while (line is not null && !line.Contains("\"chain\":[\"status\",\"nsid\",\"whoami\"]", StringComparison.Ordinal));

        Assert.That(line, Is.Not.Null);
    }

    [Test]
    public async Task UnixSocket_LeftBehind_IsTakenOverForItsOwnerOnly()
    {
        var folder = Directory.CreateTempSubdirectory("status-socket");
        var path = Path.Combine(folder.FullName, "status.sock");
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(path + ".left"));
            File.Move(path + ".left", path);
        }

        await using (var server = await RunningServer.StartAsync($".:0 {{\n bind 127.0.0.1\n status unix:{path} {{\n control\n }}\n whoami\n}}"))
        {
            using var client = ClientOf(path);
            using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/log?level=info");
            request.Headers.Add("X-ClusterDns-Control", "1");
            using var reply = await client.SendAsync(request);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(reply.StatusCode, Is.EqualTo(HttpStatusCode.OK));
                Assert.That(new FileInfo(path).UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        Assert.That(File.Exists(path), Is.False);
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task UnixSocket_OfAFileWithSomethingInIt_IsNotTaken()
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "no-socket");
        await File.WriteAllTextAsync(path, "precious");
        var failure = await Assert.ThrowsAsync<HttpListenException>(() => RunningServer.StartAsync($".:0 {{\n status unix:{path}\n whoami\n}}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Message, Does.StartWith($"listen tcp unix:{path}: "));
            Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("precious"));
        }
    }

    private static HttpClient ClientOf(RunningServer server) =>
        new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://{server.PageEndpoint(Address)}") };

    private static HttpClient ClientOf(string path) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), deadline.Token);
        }
    }
}
