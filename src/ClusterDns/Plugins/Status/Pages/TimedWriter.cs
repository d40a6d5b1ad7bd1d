using ClusterDns.Operations.Http;
using Microsoft.AspNetCore.Http;

namespace ClusterDns.Plugins.Status.Pages;

/// <summary>Writes a reply piece by piece. A reader that takes nothing for a while loses its connection.</summary>
internal sealed class TimedWriter(HttpContext context) : IDisposable
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(
        context.RequestAborted, context.Features.Get<PageConnection>()?.Closing ?? CancellationToken.None);

    /// <summary>The reader has gone, or is to go.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>False when there is nobody to write to any more.</summary>
    public async Task<bool> TryWriteAsync(ReadOnlyMemory<byte> octets)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        deadline.CancelAfter(StatusLimits.Write);
        try
        {
            await context.Response.Body.WriteAsync(octets, deadline.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Too slow, gone, or closed: what has been written is not worth more of our time.
            context.Abort();
            return false;
        }
    }

    public void Dispose() => _ended.Dispose();
}
