using System.Collections.Concurrent;
using System.Globalization;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;

namespace ClusterDns.Cli.Explaining;

/// <summary>
/// Waits until clusters have been read once, and no longer than there is hope. A server that goes on tries for ever; who
/// waits at a terminal wants to know what is wrong.
/// </summary>
internal sealed class ClusterReading(TimeProvider time)
{
    /// <summary>Longest wait, for an API server that answers slowly or not at all.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How long a kind may fail without having been listed: a server that is just restarting comes back meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Times that a kind is refused in a row before that counts: a role may know lists by pages and no streamed ones.
    /// </summary>
    private const int MostRefusals = 2;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<(Source, ResourceKind), KindReading> _kinds = new();

    /// <summary>What one source has to be given.</summary>
    public ApiServerObserver Observe() => new Source(this);

    /// <summary>Whether the clusters have been read, or a start that failed has its own to say.</summary>
    /// <param name="synced">Completes once all have been.</param>
    /// <param name="starting">What is waited for besides.</param>
    /// <param name="ending">Ends the wait.</param>
    public async Task<bool> WaitAsync(Task synced, Task starting, CancellationToken ending)
    {
        while (!synced.IsCompleted && !starting.IsFaulted && !ending.IsCancellationRequested && !_kinds.Values.Any(IsHopeless))
        {
            await Task.Delay(Look, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return synced.IsCompletedSuccessfully || starting.IsFaulted;
    }

    /// <summary>Why not, behind <c>cannot be read</c>; null where no API server was asked.</summary>
    public string? Describe()
    {
        var missing = _kinds.Where(kind => !kind.Value.IsListed).Select(kind => (Kind: kind.Key.Item2, kind.Value.Trouble)).ToList();
        var troubles = missing.Where(kind => kind.Trouble.Length > 0).ToLookup(kind => kind.Trouble, kind => $"{kind.Kind}");
        return troubles.Count == 0
            ? missing.Count == 0 ? null : string.Create(
                CultureInfo.InvariantCulture, $" within {Longest.TotalSeconds:0} seconds: the API server has not told of {Names(missing.Select(kind => $"{kind.Kind}"))}")
            : ": " + string.Join("; ", troubles.Select(trouble => $"{trouble.Key} (asked for {Names(trouble)})"));
    }

    private bool IsHopeless(KindReading kind) =>
        !kind.IsListed && (kind.Refusals >= MostRefusals || (kind.FailingSince is { } since && time.GetElapsedTime(since) >= Patience));

    private static string Names(IEnumerable<string> kinds) => string.Join(", ", kinds.Distinct().Order(StringComparer.Ordinal));

    private void Interrupt(Source source, ResourceKind kind, InterruptionReason reason, string text) => _kinds.AddOrUpdate(
        (source, kind),
        _ => new KindReading("").After(reason, text, time.GetTimestamp()),
        (_, before) => before.After(reason, text, time.GetTimestamp()));

    /// <summary>How far one kind is.</summary>
    /// <param name="Trouble">What was last said of it; empty for nothing.</param>
    /// <param name="FailingSince">The first of its failures.</param>
    /// <param name="Refusals">Refusals one after the other.</param>
    /// <param name="IsListed">It is read.</param>
    private readonly record struct KindReading(string Trouble, long? FailingSince = null, int Refusals = 0, bool IsListed = false)
    {
        // The others are no failures: a server that is asked less often, or in another way, answers.
        public KindReading After(InterruptionReason reason, string text, long now) => reason switch
        {
            InterruptionReason.Unauthenticated =>
                this with { Trouble = $"token or client certificate not accepted: {text}", Refusals = Refusals + 1 },
            InterruptionReason.Forbidden => this with { Trouble = $"not allowed: {text}", Refusals = Refusals + 1 },
            InterruptionReason.Failed or InterruptionReason.Broken or InterruptionReason.Silent or InterruptionReason.Missing =>
                this with { Trouble = text, FailingSince = FailingSince ?? now, Refusals = 0 },
            _ => this,
        };
    }

    private sealed class Source(ClusterReading reading) : ApiServerObserver
    {
        public override void Started(ResourceKind kind) => reading._kinds.TryAdd((this, kind), new KindReading(""));

        public override void Stopped(ResourceKind kind) => reading._kinds.TryRemove((this, kind), out _);

        public override void Listed(ResourceKind kind, string? resourceVersion, DateTimeOffset at) =>
            reading._kinds[(this, kind)] = new KindReading("", IsListed: true);

        public override void Interrupted(ResourceKind kind, bool relists, InterruptionReason reason, string text) =>
            reading.Interrupt(this, kind, reason, text);
    }
}
