namespace ClusterDns.Testing.Soak;

/// <summary>
/// The values that something had, each with the time at which it may have begun and that until which it may have lasted:
/// while a change is made, both the old and the new one are true.
/// </summary>
internal sealed class Timeline<T>(T first, Func<TimeSpan> now)
{
    private readonly Lock _lock = new();
    private readonly List<(T Value, TimeSpan Begins)> _values = [(first, TimeSpan.MinValue)];
    private readonly List<TimeSpan> _ends = [];

    public T Latest
    {
        get
        {
            lock (_lock)
            {
                return _values[^1].Value;
            }
        }
    }

    /// <summary>Call before the change is made, and <see cref="Changed"/> after it.</summary>
    public void Changing(T value)
    {
        lock (_lock)
        {
            _values.Add((value, now()));
        }
    }

    /// <summary>The value before is not true any more.</summary>
    public void Changed()
    {
        lock (_lock)
        {
            while (_ends.Count < _values.Count - 1)
            {
                _ends.Add(now());
            }
        }
    }

    /// <summary>Every value at some moment between the two.</summary>
    public IReadOnlyList<T> Between(TimeSpan from, TimeSpan to)
    {
        lock (_lock)
        {
            var found = new List<T>();
            for (var i = _values.Count - 1; i >= 0 && (i >= _ends.Count || _ends[i] >= from); i--)
            {
                if (_values[i].Begins <= to)
                {
                    found.Add(_values[i].Value);
                }
            }

            return found;
        }
    }
}
