using Microsoft.Extensions.Logging;

namespace ClusterDns.Transport;

/// <summary>
/// What may go wrong with any packet or connection, and so as often as an attacker likes: each kind gets one line per
/// <see cref="LogInterval.Length"/> and listener or upstream.
/// </summary>
internal sealed class FailureLog(ILogger logger, TimeProvider time, string listener)
{
    private readonly LogInterval _receive = new(time);
    private readonly LogInterval _handler = new(time);
    private readonly LogInterval _accept = new(time);
    private readonly LogInterval _refused = new(time);
    private readonly LogInterval _displaced = new(time);
    private readonly LogInterval _connection = new(time);

    public void ReceiveFailed(Exception error)
    {
        if (_receive.TryEnter(out var heldBack))
        {
            logger.ReceiveFailed(error, listener, heldBack);
        }
    }

    public void HandlerFailed(Exception error)
    {
        if (_handler.TryEnter(out var heldBack))
        {
            logger.HandlerFailed(error, listener, heldBack);
        }
    }

    public void AcceptFailed(Exception error)
    {
        if (_accept.TryEnter(out var heldBack))
        {
            logger.AcceptFailed(error, listener, heldBack);
        }
    }

    public void ConnectionRefused(TransportAddress client, int open, string scope)
    {
        if (_refused.TryEnter(out var heldBack))
        {
            logger.ConnectionRefused(listener, client, open, scope, heldBack);
        }
    }

    public void ConnectionDisplaced(TransportAddress client, int open, string scope)
    {
        if (_displaced.TryEnter(out var heldBack))
        {
            logger.ConnectionDisplaced(listener, client, open, scope, heldBack);
        }
    }

    public void ConnectionFailed(Exception error)
    {
        if (_connection.TryEnter(out var heldBack))
        {
            logger.ConnectionFailed(error, listener, heldBack);
        }
    }
}
