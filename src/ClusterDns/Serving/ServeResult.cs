using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>An outcome and, for a failure, the rcode to send and the sentence for the <c>errors</c> plugin.</summary>
internal readonly record struct ServeResult
{
    private ServeResult(ServeOutcome outcome, ResponseCode code, string? error)
    {
        Outcome = outcome;
        Code = code;
        Error = error;
    }

    public static ServeResult Declined => default;

    public static ServeResult Answered => new(ServeOutcome.Answered, ResponseCode.NoError, null);

    public static ServeResult Dropped => new(ServeOutcome.Dropped, ResponseCode.NoError, null);

    public ServeOutcome Outcome { get; }

    /// <summary>The rcode of a failure.</summary>
    public ResponseCode Code { get; }

    /// <summary>Why it failed; an answered query may carry an error too (a reply was found, something else went wrong).</summary>
    public string? Error { get; }

    public static ServeResult Failed(ResponseCode code, string? error = null) => new(ServeOutcome.Failed, code, error);

    public static ServeResult AnsweredWithError(string error) =>
        new(ServeOutcome.Answered, ResponseCode.NoError, error);

    /// <summary>The rcode that the client will see for this result.</summary>
    public ResponseCode CodeFor(Query query) => Outcome == ServeOutcome.Failed ? Code : query.Reply.Code;
}
