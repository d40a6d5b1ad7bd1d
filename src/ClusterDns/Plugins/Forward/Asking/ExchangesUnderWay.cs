namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>
/// The questions that are being asked over one protocol. The same question again is not asked again: a name that
/// everybody wants at once, when its TTL ends, costs its upstream one query.
/// </summary>
internal sealed class ExchangesUnderWay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], SharedExchange> _byQuestion = new(MessageComparer.Instance);

    /// <summary>The exchange for a question; <paramref name="isNew"/> says that the caller leads it.</summary>
    public SharedExchange Join(ReadOnlySpan<byte> question, out bool isNew)
    {
        lock (_gate)
        {
            var byQuestion = _byQuestion.GetAlternateLookup<ReadOnlySpan<byte>>();
            isNew = !byQuestion.TryGetValue(question, out var exchange) || !exchange.TryJoin();
            if (isNew)
            {
                // Perhaps in place of one with too many waiting: it goes on without being found.
                exchange = new SharedExchange(question.ToArray());
                _byQuestion[exchange.Question] = exchange;
            }

            return exchange!;
        }
    }

    /// <summary>The leader's last word. Nobody joins afterwards.</summary>
    public void Complete(SharedExchange exchange, Resolved resolved)
    {
        lock (_gate)
        {
            if (_byQuestion.TryGetValue(exchange.Question, out var current) && current == exchange)
            {
                _byQuestion.Remove(exchange.Question);
            }
        }

        exchange.Complete(resolved);
    }
}
