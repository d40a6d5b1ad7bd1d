using ClusterDns.Wire;

namespace ClusterDns.Serving;

/// <summary>
/// An outcome and, for a failure, the rcode to send. Four octets without a reference, so that a finished
/// <see cref="ValueTask{TResult}"/> of it travels through the chain in two registers.
/// </summary>
internal readonly record struct ServeResult
{
    private const int CodeShift = 8;

    // One field: several small ones would be put together in memory at every return.
    private readonly int _packed;

    private ServeResult(ServeOutcome outcome, ResponseCode code)
    {
        _packed = (int)outcome | ((int)code << CodeShift);
    }

    public static ServeResult Declined => default;

    public static ServeResult Answered => new(ServeOutcome.Answered, ResponseCode.NoError);

    public static ServeResult Streamed => new(ServeOutcome.Streamed, ResponseCode.NoError);

    public static ServeResult Dropped => new(ServeOutcome.Dropped, ResponseCode.NoError);

    public ServeOutcome Outcome => (ServeOutcome)(_packed & ((1 << CodeShift) - 1));

    /// <summary>A plugin wrote the query's reply, which may be the first message of several.</summary>
    public bool IsAnswered => Outcome is ServeOutcome.Answered or ServeOutcome.Streamed;

    /// <summary>The rcode of a failure.</summary>
    public ResponseCode Code => (ResponseCode)(_packed >> CodeShift);

    /// <summary>A failure; <see cref="Query.Fail"/> says why as well.</summary>
    public static ServeResult Failed(ResponseCode code) => new(ServeOutcome.Failed, code);

    /// <summary>The rcode that the client will see for this result.</summary>
    public ResponseCode CodeFor(Query query) => Outcome == ServeOutcome.Failed ? Code : query.Reply.Code;
}
