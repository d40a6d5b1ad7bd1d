using ClusterDns.Transport;
using ClusterDns.Wire;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Serving;

/// <summary>
/// Tells of exceptions out of plugins, one line for each kind and interval: a query that finds a bug can be sent as often
/// as an attacker likes.
/// </summary>
internal sealed class PanicLog(ILogger logger, TimeProvider time)
{
    /// <summary>Kinds that are told apart; those beyond share the last one's lines.</summary>
    public const int MostKinds = 16;

    private readonly Kind?[] _kinds = new Kind?[MostKinds];

    public void Tell(Query query, Exception exception, bool withTrace)
    {
        if (KindOf(exception.GetType()).Lines.TryEnter(out var heldBack))
        {
            var what = withTrace ? exception.ToString() : $"{exception.GetType().Name}: {exception.Message}";
            var more = heldBack == 0 ? "" : $" ({heldBack} more of this kind since the last such line)";
            ServingLog.Recovered(logger, WireName.ToText(query.NameAsSent), query.Type, what + more);
        }
    }

    // Found by what was thrown: where it was thrown, trimming may have forgotten.
    private Kind KindOf(Type type)
    {
        for (var i = 0; i < MostKinds - 1; i++)
        {
            var kind = Volatile.Read(ref _kinds[i])
                ?? Interlocked.CompareExchange(ref _kinds[i], new Kind(type, time), null)
                ?? _kinds[i]!;
            if (kind.Type == type)
            {
                return kind;
            }
        }

        return LazyInitializer.EnsureInitialized(ref _kinds[^1], () => new Kind(typeof(Exception), time))!;
    }

    private sealed class Kind(Type type, TimeProvider time)
    {
        public Type Type { get; } = type;

        public LogInterval Lines { get; } = new(time);
    }
}
