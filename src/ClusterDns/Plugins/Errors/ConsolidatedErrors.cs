using ClusterDns.Corefile;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Plugins.Errors;

/// <summary>Errors of one kind: counted from the first one on, told when the period is over.</summary>
internal sealed class ConsolidatedErrors
{
    private readonly ConsolidateOptions _options;
    private readonly ILogger _logger;
    private readonly ITimer _period;
    private int _count;
    private int _isStopped;

    public ConsolidatedErrors(ConsolidateOptions options, ILogger logger, TimeProvider time)
    {
        _options = options;
        _logger = logger;
        _period = time.CreateTimer(_ => Tell(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public LogLevel Level => _options.Level;

    public bool Matches(string error) => _options.Pattern.IsMatch(error);

    /// <summary>Counts an error; false once stopped. <paramref name="isShown"/>: this one is to be logged all the same.</summary>
    public bool TryCount(out bool isShown)
    {
        isShown = false;
        if (Volatile.Read(ref _isStopped) != 0)
        {
            return false;
        }

        if (Interlocked.Increment(ref _count) == 1)
        {
            isShown = _options.ShowFirst;
            if (!_period.Change(_options.Period, Timeout.InfiniteTimeSpan))
            {
                // Stopped a moment ago: nobody will tell it later.
                Tell();
            }
        }

        return true;
    }

    public void Stop()
    {
        Volatile.Write(ref _isStopped, 1);
        _period.Dispose();
        Tell();
    }

    private void Tell()
    {
        var count = Interlocked.Exchange(ref _count, 0);
        if (count > (_options.ShowFirst ? 1 : 0))
        {
            ErrorsLog.Consolidated(_logger, Level, count, _options.PatternText, GoDuration.Format(_options.Period));
        }
    }
}
