using ClusterDns.Transport.Native;

namespace ClusterDns.Transport.Udp.Overload;

/// <summary>The busiest clients, and which part of what each sends is dropped.</summary>
internal sealed class HeldBack
{
    /// <summary>A client that sends less than this part of all is not among the busiest.</summary>
    private const double LeastShare = 1.0 / 16;

    /// <summary>When the busiest send less than this part of all, to hold them back would help nobody.</summary>
    private const double LeastShareTogether = 0.5;

    /// <summary>So much of each passes at least, to see when it ends.</summary>
    private const double LeastPart = 1.0 / 1024;

    private readonly ThinnedSource[] _current = new ThinnedSource[SourceFilter.MostSources];
    private readonly ThinnedSource[] _next = new ThinnedSource[SourceFilter.MostSources];
    private readonly double[] _sent = new double[SourceFilter.MostSources];

    public int Count { get; private set; }

    /// <summary>Packets a second that the busiest send together, with those that are dropped.</summary>
    public double Sent { get; private set; }

    /// <summary>Somebody was among the last sample who is not one of the busiest: for them those are held back.</summary>
    public bool HasOthers { get; private set; }

    /// <summary>Who is held back, and how much of each is dropped.</summary>
    public ReadOnlySpan<ThinnedSource> Sources => _current.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>
    /// Chooses anew by what was seen since the last choice: what the busiest send is cut so that together they keep to
    /// <paramref name="budget"/>, none of them having more while another has less and wants more. False, and all is as it
    /// was, when nobody has to be held back.
    /// </summary>
    /// <param name="sample">Packets that came through.</param>
    /// <param name="perSecond">What one of them stands for.</param>
    /// <param name="budget">Packets a second.</param>
    public bool TryChoose(SourceSample sample, double perSecond, double budget)
    {
        var chosen = 0;
        var total = 0.0;
        HasOthers = false;
        for (var i = 0; i < sample.Used; i++)
        {
            total += SentBy(sample[i], perSecond);
        }

        for (var i = 0; i < sample.Used; i++)
        {
            var sent = SentBy(sample[i], perSecond);
            if (sent >= total * LeastShare)
            {
                chosen = Insert(chosen, new ThinnedSource(sample[i].Bits, sample[i].IsIPv4, 0), sent);
            }
            else
            {
                HasOthers = true;
            }
        }

        var together = 0.0;
        foreach (var sent in _sent.AsSpan(0, chosen))
        {
            together += sent;
        }

        Sent = together;
        if (together <= budget || together < total * LeastShareTogether)
        {
            return false;
        }

        Count = chosen;
        var level = Level(_sent.AsSpan(0, Count), budget);
        for (var i = 0; i < Count; i++)
        {
            var part = Math.Clamp(level / _sent[i], LeastPart, 1);
            _current[i] = _next[i] with { Threshold = (uint)((1 - part) * uint.MaxValue) };
        }

        return true;
    }

    // What came through of a client that is held back is a part of what it sent.
    private double SentBy((ulong Bits, bool IsIPv4, int Count) seen, double perSecond)
    {
        for (var i = 0; i < Count; i++)
        {
            ref readonly var known = ref _current[i];
            if (known.Bits == seen.Bits && known.IsIPv4 == seen.IsIPv4)
            {
                return seen.Count * perSecond / (1 - ((double)known.Threshold / uint.MaxValue));
            }
        }

        return seen.Count * perSecond;
    }

    // The most first; who is too many is forgotten.
    private int Insert(int count, ThinnedSource source, double sent)
    {
        var at = Math.Min(count, _next.Length - 1);
        if (count == _next.Length && _sent[at] >= sent)
        {
            return count;
        }

        for (; at > 0 && _sent[at - 1] < sent; at--)
        {
            _next[at] = _next[at - 1];
            _sent[at] = _sent[at - 1];
        }

        _next[at] = source;
        _sent[at] = sent;
        return Math.Min(count + 1, _next.Length);
    }

    // From the least on: what one does not need is for the others. Sent is in falling order.
    private static double Level(ReadOnlySpan<double> sent, double budget)
    {
        for (var left = sent.Length; left > 0; left--)
        {
            var equal = budget / left;
            if (sent[left - 1] >= equal)
            {
                return equal;
            }

            budget -= sent[left - 1];
        }

        return budget;
    }
}
