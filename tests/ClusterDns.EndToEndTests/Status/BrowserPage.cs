using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterDns.EndToEndTests.Status;

/// <summary>One tab: goes somewhere, runs script there, presses keys, and remembers what was loaded and complained of.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;
    private int _last;

    /// <summary>Addresses of everything that was asked for.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Exceptions of scripts, and what the browser logged: a policy that was broken, for one.</summary>
    public IReadOnlyList<string> Complaints => [.. _complaints];

    public static async Task<BrowserPage> ConnectAsync(Uri address)
    {
        var page = new BrowserPage();
        using var deadline = new CancellationTokenSource(Patience);
        await page._socket.ConnectAsync(address, deadline.Token);
        page._receiving = page.ReceiveAsync();
        foreach (var domain in (string[])["Page", "Network", "Runtime", "Log"])
        {
            await page.CallAsync($"{domain}.enable");
        }

        return page;
    }

    public Task GoAsync(Uri address) => CallAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });

    /// <summary>What an expression gives, as JSON; promises are awaited.</summary>
    public async Task<JsonElement> RunAsync(string expression)
    {
        var reply = await CallAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["returnByValue"] = true,
            ["awaitPromise"] = true,
            ["userGesture"] = true,
        });
        return reply.TryGetProperty("exceptionDetails", out var fault)
            ? throw new InvalidOperationException($"{expression}: {fault}")
            : reply.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Waits until an expression is true; what it looks at may not be there yet.</summary>
    public async Task WaitForAsync(string expression)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while ((await RunAsync($"(() => {{ try {{ return Boolean({expression}) }} catch {{ return false }} }})()")).ValueKind != JsonValueKind.True)
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"{expression} did not become true; {string.Join("; ", Complaints)}");
            }

            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
    }

    /// <param name="width">CSS pixels.</param>
    /// <param name="height">CSS pixels.</param>
    /// <param name="isDark">What <c>prefers-color-scheme</c> says.</param>
    public async Task LookAsAsync(int width, int height, bool isDark)
    {
        await CallAsync("Emulation.setDeviceMetricsOverride", new JsonObject
        {
            ["width"] = width,
            ["height"] = height,
            ["deviceScaleFactor"] = 1,
            ["mobile"] = false,
        });
        await CallAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        });
    }

    /// <summary>A PNG of the whole page.</summary>
    public async Task<byte[]> TakePictureAsync()
    {
        var reply = await CallAsync("Page.captureScreenshot", new JsonObject { ["format"] = "png", ["captureBeyondViewport"] = true });
        return Convert.FromBase64String(reply.GetProperty("data").GetString()!);
    }

    public async Task PressTabAsync()
    {
        foreach (var type in (string[])["keyDown", "keyUp"])
        {
            await CallAsync("Input.dispatchKeyEvent", new JsonObject
            {
                ["type"] = type,
                ["key"] = "Tab",
                ["code"] = "Tab",
                ["windowsVirtualKeyCode"] = 9,
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        // A tab that stays would keep its connections, and a browser has six to one address.
        await CallAsync("Page.close");
        await _stop.CancelAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private async Task<JsonElement> CallAsync(string method, JsonObject? parameters = null)
    {
        var id = Interlocked.Increment(ref _last);
        var call = _calls[id] = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        await _sending.WaitAsync(Patience);
        try
        {
            using var deadline = new CancellationTokenSource(Patience);
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, deadline.Token);
        }
        finally
        {
            _sending.Release();
        }

        return await call.Task.WaitAsync(Patience);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                Take(JsonDocument.Parse(message.ToArray()).RootElement);
                message.SetLength(0);
            }
        }
    }

    private void Take(JsonElement message)
    {
        if (message.TryGetProperty("id", out var id))
        {
            if (_calls.TryRemove(id.GetInt32(), out var call))
            {
                _ = message.TryGetProperty("result", out var result)
                    ? call.TrySetResult(result)
                    : call.TrySetException(new InvalidOperationException(message.ToString()));
            }

            return;
        }

        var parameters = message.GetProperty("params");
        switch (message.GetProperty("method").GetString())
        {
            case "Network.requestWillBeSent":
                _requests.Enqueue(parameters.GetProperty("request").GetProperty("url").GetString()!);
                break;
            case "Network.webSocketCreated":
                _requests.Enqueue(parameters.GetProperty("url").GetString()!);
                break;
            case "Runtime.exceptionThrown" or "Log.entryAdded":
                _complaints.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{parameters}"));
                break;
        }
    }
}
