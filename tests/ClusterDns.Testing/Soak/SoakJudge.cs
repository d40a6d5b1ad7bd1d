namespace ClusterDns.Testing.Soak;

/// <summary>Holds each answer against what was true when it was asked for, or shortly before.</summary>
/// <param name="outages">Of the API server.</param>
/// <param name="bothDead">Times without upstreams.</param>
/// <param name="lag">How old the truth of an answer may be while the API server is up, and after it has come back.</param>
/// <param name="tally">Is told.</param>
/// <param name="troubles">What befell the upstreams since a moment, for people.</param>
internal sealed class SoakJudge(Disturbances outages, Disturbances bothDead, TimeSpan lag, SoakTally tally, Func<TimeSpan, string>? troubles = null)
{
    /// <summary>
    /// After the upstreams are back: a query waits for them 4.5 s, and its SERVFAIL may be another's, kept for 5 s.
    /// </summary>
    private static readonly TimeSpan UpstreamBudget = TimeSpan.FromSeconds(10);

    /// <summary>To 5 ms of 5 s.</summary>
    private const int Halvings = 10;

    public void Judge(SoakQuestion question, SoakAnswer answer, TimeSpan sent, TimeSpan received)
    {
        if (answer.Code == SoakAnswer.Failure)
        {
            JudgeFailure(question, sent, received);
            return;
        }

        if (question.IsRight(answer, sent, received))
        {
            return;
        }

        var oldest = outages.Oldest(sent, lag);
        if (!question.IsRight(answer, oldest, received))
        {
            tally.CountWrong($"{Describe(question, sent, received)}: {answer}; {Age(question, answer, received)}");
            return;
        }

        NoteAge(question, answer, oldest, sent, received);
    }

    private void JudgeFailure(SoakQuestion question, TimeSpan sent, TimeSpan received)
    {
        if (question.IsOutside && bothDead.Touch(sent, received, UpstreamBudget))
        {
            tally.CountExcused(bothDead.SinceEnd(received));
        }
        else
        {
            tally.CountFailed($"{Describe(question, sent, received)}; {troubles?.Invoke(sent - UpstreamBudget)}");
        }
    }

    private void NoteAge(SoakQuestion question, SoakAnswer answer, TimeSpan oldest, TimeSpan sent, TimeSpan received)
    {
        var (right, wrong) = (oldest, sent);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (right + wrong) / 2;
            (right, wrong) = question.IsRight(answer, middle, received) ? (middle, wrong) : (right, middle);
        }

        var age = sent - right;
        if (outages.SinceEnd(sent) is { } sinceEnd && age >= sinceEnd && sinceEnd <= lag)
        {
            tally.NoteConvergence(sinceEnd);
        }
        else if (!outages.Touch(right, sent, TimeSpan.Zero))
        {
            tally.NoteLag(age);
        }
    }

    private static string Age(SoakQuestion question, SoakAnswer answer, TimeSpan received) =>
        question.IsRight(answer, TimeSpan.Zero, received) ? "true once" : "never true";

    private static string Describe(SoakQuestion question, TimeSpan sent, TimeSpan received) =>
        $"{question.Name} {question.Type} at {sent.TotalSeconds:0.000}, answered after {(received - sent).TotalMilliseconds:0} ms";
}
