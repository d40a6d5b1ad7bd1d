using System.Collections.Concurrent;
using System.Net;

namespace ClusterDns.Testing.Soak;

/// <summary>Two upstreams. One of them may be dead, slow or mad, or both dead for some seconds.</summary>
internal sealed class SoakUpstreams : IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(400);

    private readonly FakeUpstream[] _upstreams = [new(), new()];
    private readonly Mood[] _moods = new Mood[2];
    private readonly ConcurrentQueue<Trouble> _troubles = [];
    private readonly Func<TimeSpan> _now;

    public SoakUpstreams(Func<TimeSpan> now)
    {
        _now = now;
        BothDead = new Disturbances(now);
        for (var i = 0; i < _upstreams.Length; i++)
        {
            var number = i;
            _upstreams[i].Script = query => Act(_moods[number], query);
        }
    }

    private enum Mood
    {
        Sound,
        Silent,
        Slow,
        Mad,
    }

    /// <summary>When neither answered.</summary>
    public Disturbances BothDead { get; }

    /// <summary>What befell which one since <paramref name="time"/>, for people.</summary>
    public string Since(TimeSpan time) =>
        string.Join(", ", _troubles.Where(trouble => trouble.End is null || trouble.End >= time));

    /// <summary>Times at which one was dead, slow or mad.</summary>
    public int OneTroubled { get; private set; }

    public IEnumerable<IPEndPoint> Endpoints => _upstreams.Select(upstream => upstream.Endpoint);

    /// <summary>One trouble for so long, then none.</summary>
    public async Task TroubleAsync(Random random, TimeSpan time, CancellationToken cancellation)
    {
        var one = random.Next(_upstreams.Length);
        var (what, begin) = random.Next(6) switch
        {
            0 => ("both dead", () => BothDieAsync(time, cancellation)),
            1 => ($"{one} stopped", () => StopAsync(one, time, cancellation)),
            2 => ($"{one} silent", () => BeAsync(one, Mood.Silent, time, cancellation)),
            3 => ($"{one} slow", () => BeAsync(one, Mood.Slow, time, cancellation)),
            _ => ($"{one} mad", (Func<Task>)(() => BeAsync(one, Mood.Mad, time, cancellation))),
        };
        var trouble = new Trouble(what, _now());
        _troubles.Enqueue(trouble);
        await begin();
        trouble.End = _now();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var upstream in _upstreams)
        {
            await upstream.DisposeAsync();
        }
    }

    private async Task StopAsync(int one, TimeSpan time, CancellationToken cancellation)
    {
        OneTroubled++;
        await _upstreams[one].StopAsync();
        await PauseAsync(time, cancellation);
        _upstreams[one].Start();
    }

    private async Task BeAsync(int one, Mood mood, TimeSpan time, CancellationToken cancellation)
    {
        OneTroubled++;
        _moods[one] = mood;
        await PauseAsync(time, cancellation);
        _moods[one] = Mood.Sound;
    }

    private async Task BothDieAsync(TimeSpan time, CancellationToken cancellation)
    {
        BothDead.Begin();
        _moods[0] = Mood.Silent;
        await _upstreams[1].StopAsync();
        await PauseAsync(time, cancellation);
        _upstreams[1].Start();
        _moods[0] = Mood.Sound;
        BothDead.End();
    }

    // However it ends, the trouble ends too.
    private static async Task PauseAsync(TimeSpan time, CancellationToken cancellation) =>
        await Task.Delay(time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static FakeAction[] Act(Mood mood, FakeQuery query)
    {
        var answer = OutsideNames.Answer(query);
        return mood switch
        {
            Mood.Silent => [],
            Mood.Slow => [new FakeAction.Wait(Slowness), new FakeAction.Send(answer)],
            Mood.Mad => Damage(query, answer),
            _ => [new FakeAction.Send(answer)],
        };
    }

    private static FakeAction[] Damage(FakeQuery query, byte[] answer) => (query.Id % 6) switch
    {
        0 => [new FakeAction.Send(answer.OtherId())],
        1 => [new FakeAction.Send(answer.OtherName())],
        2 => [new FakeAction.Send(answer.AsQuery())],
        3 => [new FakeAction.Send(answer.OtherType())],
        4 => [new FakeAction.Send([.. answer[..4], 255, 255, 255, 255])],
        _ => [new FakeAction.Send(answer.CutBy(3))],
    };

    private sealed class Trouble(string what, TimeSpan begin)
    {
        public TimeSpan? End { get; set; }

        public override string ToString() => $"{what} from {begin.TotalSeconds:0.0} to {End?.TotalSeconds ?? double.NaN:0.0}";
    }
}
