using System.Net.Sockets;
using ClusterDns.Transport.Native;

namespace ClusterDns.Transport.Udp.Overload;

/// <summary>
/// Keeps the queue of one socket short when more arrives than its worker takes up. A full queue drops whatever comes next,
/// mostly that of clients who did nothing, and what gets in waits for all in front of it. So the system is told to drop a
/// part of what the busiest clients send (<see cref="SourceFilter"/>), as much as it takes, and equally much is left to each
/// of them. Who sends little loses nothing.
/// </summary>
/// <remarks>
/// A queue that is long after a pause of ours and becomes shorter is left alone: that is what it is for. So is one that
/// neither has lost anything nor stands: clients that wait for answers before they ask more make it long now and then, and
/// would wait for what was dropped. As for CoDel (RFC 8289), a queue stands whose shortest moment for a while was long. Losses
/// count for themselves, because a buffer that could not be had in full is full before anybody waits so long.
/// Belongs to one worker's thread.
/// </remarks>
internal sealed class QueueGuard(Socket socket, TimeProvider time, int batchSize)
{
    /// <summary>Between two looks at the queue, while it is long or some client is held back.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>What a packet may wait in the queue for before that is too long.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// What a packet may always have to wait. To wait for the first loss would take a queue to the end of its buffer, which holds
    /// more than anybody should have to wait for: 40 ms where a packet takes 4 us.
    /// </summary>
    public static readonly TimeSpan LongestStandingWait = TimeSpan.FromMilliseconds(5);

    /// <summary>How long all that the held back send must fit before they are let in whole: a flood pauses, too.</summary>
    public static readonly TimeSpan CalmUntilOver = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long the others are remembered for whom the busiest are held back: with nobody else there, the busiest may have
    /// nearly all that the worker can do.
    /// </summary>
    public static readonly TimeSpan MemoryOfOthers = TimeSpan.FromSeconds(10);

    /// <summary>Looks in a row that find the queue too long and no shorter than before: then it is no passing thing.</summary>
    private const int LooksUntilSure = 3;

    /// <summary>A queue that has become shorter than this part of what it was is on its way out.</summary>
    private const double NoShorter = 0.9;

    /// <summary>Looks in a row that find the wait over <see cref="LongestStandingWait"/>: then the queue stands.</summary>
    private const int LooksUntilItStands = 8;


    private const int LeastSample = 48;
    private const int SampledOneIn = 4;

    /// <summary>Octets that the system counts for a queued query; those on a network card take more, so waits seem longer.</summary>
    private const int OctetsPerPacket = 768;

    /// <summary>Each look forgets a thousandth of the most that was taken up in a second.</summary>
    private const double Forgetting = 0.999;

    /// <summary>Packets a second that are always left to those who are held back, together.</summary>
    private const double LeastBudget = 1000;

    private const double Cut = 0.7;
    private const double Growth = 1.05;

    /// <summary>Who sends more than this part of what the worker can do is not to be let in whole before long.</summary>
    private const double TooMuch = 0.9;

    /// <summary>
    /// What is left to those, of what the worker can do: the rest makes the queue short again after each pause, and the processor
    /// free for others.
    /// </summary>
    private const double PartBesideOthers = 0.6;

    /// <summary>The same with nobody else there: as much as leaves the queue short, so that others are seen when they come.</summary>
    private const double PartAlone = 0.95;

    /// <summary>A look is put off so long until there is a sample, by a worker that is slow; more says nothing about now.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(100);

    private readonly SourceSample _sample = new();
    private readonly HeldBack _heldBack = new();
    private long _began;
    private long _received;
    private int _untilSample = SampledOneIn;
    private int _longLooks;
    private int _standingLooks;
    private TimeSpan _calm;
    private long? _othersSeen;
    private double _lastQueued;
    private uint _lastOverflows;
    private double _budget;
    private double _capacity;

    /// <summary>Whether some client is held back now.</summary>
    public bool IsActive => _heldBack.Count > 0;

    private double PartOfFlood => _othersSeen is { } seen && time.GetElapsedTime(seen) < MemoryOfOthers ? PartBesideOthers : PartAlone;

    /// <summary>Told of each batch, or of its absence after a wait.</summary>
    public void Served(ReceiveBatch batch, int count)
    {
        if (count < batchSize && !IsActive)
        {
            // The queue is empty: nearly always.
            _longLooks = 0;
            _standingLooks = 0;
            return;
        }

        _received += Math.Max(count, 0);
        for (var slot = _untilSample; slot < count; slot += SampledOneIn)
        {
            _sample.Add(SocketAddressReader.Read(batch.Name(slot)));
        }

        _untilSample = (_untilSample + 1) % SampledOneIn;
        var elapsed = time.GetElapsedTime(_began);
        if (elapsed >= LookInterval && (_sample.Total >= LeastSample || elapsed >= LongestLook))
        {
            Look(elapsed);
            _began = time.GetTimestamp();
            _received = 0;
            _sample.Clear();
        }
    }

    private void Look(TimeSpan elapsed)
    {
        // A moment that began long ago says nothing about now.
        if (!IsActive && elapsed > 2 * LongestLook)
        {
            return;
        }

        var rate = Math.Max(_received / elapsed.TotalSeconds, 1);
        var queued = (double)LinuxSocketOptions.ReadQueuedOctets(socket, out var overflows) / OctetsPerPacket;
        var hasOverflowed = overflows != _lastOverflows;
        _lastOverflows = overflows;
        var wait = queued / rate;
        var isShort = wait <= LongestWait.TotalSeconds;
        var isLong = !isShort && queued > _lastQueued * NoShorter;
        _longLooks = isLong ? _longLooks + 1 : isShort ? 0 : _longLooks;
        _standingLooks = wait > LongestStandingWait.TotalSeconds ? _standingLooks + 1 : 0;
        _lastQueued = queued;
        if (IsActive)
        {
            _capacity = Math.Max(_capacity * Forgetting, rate);
            _budget = NextBudget(isShort, isLong);
            Apply(elapsed);
        }
        else if (_standingLooks >= LooksUntilItStands || (_longLooks >= LooksUntilSure && hasOverflowed))
        {
            // With a queue that is never empty, what is taken up is what can be.
            _capacity = rate;
            _budget = Math.Max(rate * PartOfFlood, LeastBudget);
            Apply(elapsed);
        }
    }

    private double NextBudget(bool isShort, bool isLong)
    {
        if (isLong)
        {
            return Math.Max(_budget * Cut, LeastBudget);
        }

        var most = _heldBack.Sent > _capacity * TooMuch ? Math.Max(_capacity * PartOfFlood, LeastBudget) : double.MaxValue;
        return Math.Min(isShort ? _budget * Growth : _budget, most);
    }

    private void Apply(TimeSpan elapsed)
    {
        var isTooMuch = _heldBack.TryChoose(_sample, SampledOneIn / elapsed.TotalSeconds, _budget);
        if (_heldBack.HasOthers)
        {
            _othersSeen = time.GetTimestamp();
        }

        if (isTooMuch)
        {
            _calm = TimeSpan.Zero;
            if (!SourceFilter.TryAttach(socket, _heldBack.Sources))
            {
                LetIn();
            }
        }
        else if (IsActive && (_calm += elapsed) >= CalmUntilOver)
        {
            LetIn();
        }
    }

    private void LetIn()
    {
        SourceFilter.Detach(socket);
        _heldBack.Clear();
    }
}
