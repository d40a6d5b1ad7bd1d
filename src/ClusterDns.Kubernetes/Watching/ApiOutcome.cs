namespace ClusterDns.Kubernetes.Watching;

/// <summary>How a request to the API server ended.</summary>
/// <param name="Verdict">What kind of end.</param>
/// <param name="Reason">For a log line: <c>the API server answered 503 ...</c>; empty for a good end.</param>
/// <param name="RetryAfter">How long the server asks us to stay away.</param>
/// <param name="IsSilence">It ended because nothing came.</param>
internal readonly record struct ApiOutcome(ApiVerdict Verdict, string Reason = "", TimeSpan? RetryAfter = null, bool IsSilence = false)
{
    public static ApiOutcome Done { get; } = new(ApiVerdict.Done);

    public bool IsDone => Verdict == ApiVerdict.Done;

    /// <summary>The same in the words that metrics count by.</summary>
    public InterruptionReason Interruption => Verdict switch
    {
        ApiVerdict.Done => InterruptionReason.Ended,
        ApiVerdict.Expired => InterruptionReason.Expired,
        ApiVerdict.Unauthenticated => InterruptionReason.Unauthenticated,
        ApiVerdict.Forbidden => InterruptionReason.Forbidden,
        ApiVerdict.Missing => InterruptionReason.Missing,
        ApiVerdict.NotUnderstood => InterruptionReason.NotUnderstood,
        ApiVerdict.Broken => InterruptionReason.Broken,
        _ when IsSilence => InterruptionReason.Silent,
        _ when RetryAfter is not null => InterruptionReason.Throttled,
        _ => InterruptionReason.Failed,
    };

    /// <summary>What an answer's status, and the Status object in its body, stand for.</summary>
    public static ApiVerdict VerdictOf(int code, string? reason) => (code, reason) switch
    {
        (410, _) or (_, "Expired" or "Gone") => ApiVerdict.Expired,
        (401, _) => ApiVerdict.Unauthenticated,
        (403, _) => ApiVerdict.Forbidden,
        (404, _) => ApiVerdict.Missing,
        (400 or 405 or 422, _) => ApiVerdict.NotUnderstood,
        _ => ApiVerdict.Failed,
    };
}
