using System.Buffers;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Testing;

/// <summary>Writes one answer of the fake API server.</summary>
internal sealed class FakeResponse(HttpContext context)
{
    /// <summary>Octets that are held back at most while more is announced.</summary>
    private const int MaxHeldBytes = 32 << 10;

    private readonly Lock _lock = new();
    private Stream? _compressed;
    private int _heldBytes;
    private bool _isOver;

    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>Sends the headers, so that the client knows of the answer before its body.</summary>
    public async Task BeginAsync(string contentType = "application/json", int code = 200, bool gzip = false)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = contentType;
        if (gzip)
        {
            context.Response.Headers.ContentEncoding = "gzip";
            _compressed = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        }

        await context.Response.StartAsync(Aborted);
        await context.Response.Body.FlushAsync(Aborted);
    }

    /// <param name="text">Goes out at once, unless more is announced.</param>
    /// <param name="isMoreToCome">Lets it wait for what comes next: a system call for each object makes long lists slow.</param>
    public async Task WriteAsync(string text, bool isMoreToCome = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (_compressed is not null)
        {
            await _compressed.WriteAsync(bytes, Aborted);
            return;
        }

        context.Response.BodyWriter.Write(bytes);
        _heldBytes += bytes.Length;
        if (!isMoreToCome || _heldBytes > MaxHeldBytes)
        {
            _heldBytes = 0;
            await context.Response.BodyWriter.FlushAsync(Aborted);
        }
    }

    public async Task EndAsync()
    {
        if (_compressed is not null)
        {
            await _compressed.DisposeAsync();
        }
    }

    public Task WriteStatusAsync(int code, string reason, string? retryAfter = null)
    {
        if (retryAfter is not null)
        {
            context.Response.Headers.RetryAfter = retryAfter;
        }

        return WriteWholeAsync(StatusText(code, reason), "application/json", code);
    }

    public async Task WriteWholeAsync(string text, string contentType, int code)
    {
        await BeginAsync(contentType, code);
        await WriteAsync(text);
    }

    public static string StatusText(int code, string reason) =>
        $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"by request","reason":"{{reason}}","code":{{code}}}""";

    /// <summary>Closes the connection so that the client sees a reset and not an end; nothing happens after the answer.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }

            try
            {
                context.Features.Get<IConnectionSocketFeature>()!.Socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
            {
                // The client was quicker.
            }

            context.Abort();
        }
    }

    /// <summary>The server takes its context back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _isOver = true;
        }
    }

    public Task HangAsync() => Task.Delay(Timeout.Infinite, Aborted);
}
