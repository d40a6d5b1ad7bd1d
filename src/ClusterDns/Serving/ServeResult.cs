using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// An outcome and, for a failure, the rcode to send. Four octets without a reference, so that a finished
/// <see cref="ValueTask{TResult}"/> of it travels through the chain in two registers.
/// </summary>
internal readonly record struct ServeResult
{
    private ServeResult(ServeOutcome outcome, ResponseCode code)
    {
        Outcome = outcome;
        Code = code;
    }

    public static ServeResult Declined => default;

    public static ServeResult Answered => new(ServeOutcome.Answered, ResponseCode.NoError);

    public static ServeResult Dropped => new(ServeOutcome.Dropped, ResponseCode.NoError);

    public ServeOutcome Outcome { get; }

    /// <summary>The rcode of a failure.</summary>
    public ResponseCode Code { get; }

    /// <summary>A failure; <see cref="Query.Fail"/> says why as well.</summary>
    public static ServeResult Failed(ResponseCode code) => new(ServeOutcome.Failed, code);

    /// <summary>The rcode that the client will see for this result.</summary>
    public ResponseCode CodeFor(Query query) => Outcome == ServeOutcome.Failed ? Code : query.Reply.Code;
}
