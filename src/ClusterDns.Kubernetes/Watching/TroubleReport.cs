using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>Tells of one kind's trouble: at once when it is new, every few minutes while it lasts, and when it is over.</summary>
internal sealed class TroubleReport(ResourceTarget target, WatchLimits limits, TimeProvider time, ILogger logger)
{
    private ApiVerdict _told = ApiVerdict.Done;
    private long _toldAt;
    private bool _owesEnd;
    private int _failures;

    public void Failed(string verb, in ApiOutcome outcome, TimeSpan delay)
    {
        _failures++;
        if (outcome.Verdict == _told && time.GetElapsedTime(_toldAt) < limits.TroubleLogInterval)
        {
            return;
        }

        _told = outcome.Verdict;
        _toldAt = time.GetTimestamp();
        _owesEnd = true;
        switch (outcome.Verdict)
        {
            case ApiVerdict.Forbidden:
                ApiServerLog.Forbidden(logger, verb, target.Plural, outcome.Reason, target.RoleRule);
                break;
            case ApiVerdict.Unauthenticated:
                ApiServerLog.Unauthenticated(logger, verb, target.Plural, outcome.Reason);
                break;
            default:
                ApiServerLog.Failed(logger, verb, target.Plural, outcome.Reason, delay.TotalSeconds);
                break;
        }
    }

    /// <summary>Things go well. Trouble of the same sort within the interval is not told again, and neither is its end.</summary>
    public void Over()
    {
        if (_owesEnd)
        {
            ApiServerLog.Recovered(logger, target.Plural, _failures);
        }

        _owesEnd = false;
        _failures = 0;
    }
}
