namespace ClusterDns.Plugins.Status.Sampling;

/// <summary>The last so many samples, in memory of a fixed size. Numbers count samples since the start.</summary>
internal sealed class SampleRing(int capacity)
{
    private readonly Lock _using = new();
    private readonly QuerySample[] _samples = new QuerySample[capacity];
    private long _end;

    public void Add(in QuerySample sample)
    {
        lock (_using)
        {
            _samples[(int)(_end % capacity)] = sample;
            _end++;
        }
    }

    /// <summary>Samples from a number on that are still here, oldest first.</summary>
    /// <param name="start">Number of the first one wanted.</param>
    /// <param name="next">Number of the one that comes next.</param>
    public QuerySample[] Read(long start, out long next)
    {
        lock (_using)
        {
            next = _end;
            start = Math.Max(start, _end - capacity);
            start = Math.Clamp(start, 0, _end);
            var samples = new QuerySample[_end - start];
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = _samples[(int)((start + i) % capacity)];
            }

            return samples;
        }
    }
}
