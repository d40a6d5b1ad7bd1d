using ClusterDns.Serving;
using ClusterDns.Serving.Tracing;

namespace ClusterDns.Explaining;

/// <summary>
/// A trace put in order: what belongs to the question itself, what to lookups of our own, and which of several rounds of
/// the chain gave the reply.
/// </summary>
internal sealed class TraceReading
{
    private readonly List<TraceStep> _steps = [];
    private readonly List<LookupReading> _lookups = [];
    private readonly IReadOnlyList<TraceStep> _all;

    /// <param name="steps">The trace, or what stands in it between the two ends of a lookup.</param>
    public TraceReading(IReadOnlyList<TraceStep> steps)
    {
        _all = steps;
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is LookupStep lookup)
            {
                var end = EndOf(steps, i);
                _lookups.Add(new LookupReading(
                    lookup, end < steps.Count ? (LookupEndStep)steps[end] : null, new TraceReading([.. steps.Take(end).Skip(i + 1)])));
                i = end;
            }
            else
            {
                _steps.Add(steps[i]);
            }
        }
    }

    /// <summary>The server block; null before one was chosen.</summary>
    public BlockStep? Block => First<BlockStep>();

    /// <summary>The end; null while there is none, and in lookups.</summary>
    public ReplyStep? Reply => First<ReplyStep>();

    /// <summary>Everything that is no lookup's, whichever round it stood in.</summary>
    public IReadOnlyList<TraceStep> Steps => _steps;

    public IReadOnlyList<LookupReading> Lookups => _lookups;

    /// <summary>The questions that went on in place of the client's.</summary>
    public IReadOnlyList<QuestionStep> Questions => [.. _steps.OfType<QuestionStep>()];

    /// <summary>No plugin of the block took the question.</summary>
    public bool IsLeftToNobody => Find<ChainEndStep>() is not null && string.IsNullOrEmpty(Reply?.AnsweredBy);

    /// <summary>The plugin that decided: it wrote the reply, or failed, or dropped the query. Empty for the server itself.</summary>
    public string Decider => Reply is { Outcome: ServeOutcome.Failed } && !IsLeftToNobody ? First(ServeOutcome.Failed)
        : Reply?.AnsweredBy is { Length: > 0 } answeredBy ? answeredBy
        : IsLeftToNobody ? ""
        : _steps.OfType<PluginStep>().FirstOrDefault(step => step.Outcome != ServeOutcome.Declined)?.Plugin ?? "";

    /// <summary>
    /// The steps of the round that gave the reply. A search list that is walked to its end without a find is answered with
    /// what the first round gave; every other question in the client's place is answered with the last one.
    /// </summary>
    public IReadOnlyList<TraceStep> Round
    {
        get
        {
            var rounds = _steps.FindIndex(step => step is QuestionStep { Plugin: "autopath" });
            var isMissing = Reply?.Code is Wire.ResponseCode.NameError;
            if (rounds >= 0 && isMissing)
            {
                return [.. _steps.Take(rounds)];
            }

            var last = _steps.FindLastIndex(step => step is QuestionStep);
            return [.. _steps.Skip(last + 1)];
        }
    }

    /// <summary>What had been decided when a plugin took the matter up again.</summary>
    public TraceReading Before(TraceStep step) => new([.. _all.TakeWhile(candidate => !ReferenceEquals(candidate, step))]);

    /// <summary>The first step of a kind in the round that counts.</summary>
    public T? Find<T>()
        where T : TraceStep => Round.OfType<T>().FirstOrDefault();

    // A plugin that failed may have had an answer of another to begin with.
    private string First(ServeOutcome outcome) =>
        _steps.OfType<PluginStep>().FirstOrDefault(step => step.Outcome == outcome)?.Plugin ?? "";

    private T? First<T>()
        where T : TraceStep => _steps.OfType<T>().FirstOrDefault();

    private static int EndOf(IReadOnlyList<TraceStep> steps, int begin)
    {
        var depth = 0;
        for (var i = begin; i < steps.Count; i++)
        {
            depth += steps[i] is LookupStep ? 1 : steps[i] is LookupEndStep ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return steps.Count;
    }
}
