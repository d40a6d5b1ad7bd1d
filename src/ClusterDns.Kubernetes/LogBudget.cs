namespace ClusterDns.Kubernetes;

/// <summary>Lets a number of lines pass in each interval and counts the others.</summary>
internal sealed class LogBudget(int lines, TimeSpan interval, TimeProvider time)
{
    private long _start;
    private int _passed;
    private int _held;

    /// <summary>True if a line may be written now; with the count of those held back before it.</summary>
    public bool TryPass(out int held)
    {
        var now = time.GetTimestamp();
        if (_passed == 0 || time.GetElapsedTime(_start, now) >= interval)
        {
            _start = now;
            _passed = 0;
        }

        held = _held;
        if (_passed >= lines)
        {
            _held++;
            return false;
        }

        _passed++;
        _held = 0;
        return true;
    }
}
