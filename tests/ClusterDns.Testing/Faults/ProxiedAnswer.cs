using Microsoft.AspNetCore.Http;

namespace ClusterDns.Testing.Faults;

/// <summary>One answer on its way through the proxy, and what may happen to it.</summary>
internal sealed class ProxiedAnswer : IDisposable
{
    private const int PieceSize = 64 << 10;

    private readonly Lock _lock = new();
    private readonly HttpContext _context;
    private readonly Func<bool> _takeCut;
    private readonly CancellationTokenSource _woken = new();
    private readonly CancellationTokenSource _ended;
    private bool _isOver;
    private volatile bool _isSilent;
    private volatile bool _isExpired;

    /// <param name="context">The request.</param>
    /// <param name="takeCut">Asked with each piece of a watch: true cuts it.</param>
    public ProxiedAnswer(HttpContext context, Func<bool> takeCut)
    {
        _context = context;
        _takeCut = takeCut;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _woken.Token);
        IsWatch = context.Request.Query.ContainsKey("watch");
    }

    public bool IsWatch { get; }

    /// <summary>A watch from a version on.</summary>
    public bool IsResumed => IsWatch && !_context.Request.Query.ContainsKey("sendInitialEvents");

    public CancellationToken Ended => _ended.Token;

    /// <summary>Nothing happens after the end: the context is another request's by then.</summary>
    public void Reset() => Do(_context.Abort);

    public void Silence() => _isSilent = true;

    public void Expire()
    {
        if (IsWatch)
        {
            _isExpired = true;
            Do(_woken.Cancel);
        }
    }

    private void Do(Action what)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                what();
            }
        }
    }

    public Task RefuseAsync(int code, string? retryAfter)
    {
        _context.Response.StatusCode = code;
        _context.Response.ContentType = "application/json";
        if (retryAfter is not null)
        {
            _context.Response.Headers.RetryAfter = retryAfter;
        }

        return _context.Response.WriteAsync(FakeResponse.StatusText(code, "ByRequest"), Ended);
    }

    /// <summary>A streamed list is slow behind its headers, a list in front of them.</summary>
    public async Task DelayAsync(TimeSpan time)
    {
        if (IsWatch)
        {
            _context.Response.ContentType = "application/json";
            await _context.Response.StartAsync(Ended);
            await _context.Response.Body.FlushAsync(Ended);
        }

        await Task.Delay(time, Ended);
    }

    public async Task PassAsync(HttpResponseMessage answer)
    {
        if (!_context.Response.HasStarted)
        {
            _context.Response.StatusCode = (int)answer.StatusCode;
            _context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            if (answer.Content.Headers.ContentEncoding.Count > 0)
            {
                _context.Response.Headers.ContentEncoding = answer.Content.Headers.ContentEncoding.ToArray();
            }

            await _context.Response.StartAsync(Ended);
        }

        try
        {
            await PassBodyAsync(await answer.Content.ReadAsStreamAsync(Ended));
        }
        catch (OperationCanceledException) when (_isExpired && !_context.RequestAborted.IsCancellationRequested)
        {
            await _context.Response.WriteAsync(
                $$"""{"type":"ERROR","object":{{FakeResponse.StatusText(410, "Expired")}} }""" + "\n", _context.RequestAborted);
        }
    }

    private async Task PassBodyAsync(Stream body)
    {
        var piece = new byte[PieceSize];
        while (await body.ReadAsync(piece, Ended) is var length and > 0)
        {
            if (_isSilent)
            {
                await Task.Delay(Timeout.Infinite, Ended);
            }

            var isCut = IsWatch && _takeCut();
            await _context.Response.Body.WriteAsync(piece.AsMemory(0, isCut ? length / 2 : length), _context.RequestAborted);
            await _context.Response.Body.FlushAsync(_context.RequestAborted);
            if (isCut)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _ended.Dispose();
        _woken.Dispose();
    }
}
