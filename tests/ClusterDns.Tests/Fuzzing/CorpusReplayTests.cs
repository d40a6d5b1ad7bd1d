using ClusterDns.Fuzzing;
using NUnit.Framework;

namespace ClusterDns.Tests.Fuzzing;

/// <summary>Every input that fuzzing ever needed or found breaks no rule of its target.</summary>
internal sealed class CorpusReplayTests
{
    /// <summary>Hundreds of times what a whole corpus takes: an input that hangs is a failure and not the end of the run.</summary>
    private static readonly TimeSpan HangTime = TimeSpan.FromMinutes(3);

    [TestCaseSource(nameof(Targets))]
    public async Task Corpus_OfATarget_BreaksNoRule(string name)
    {
        var current = "";
        var replay = Task.Factory.StartNew(
            () =>
            {
                var target = FuzzTargets.All[name]();
                foreach (var (input, octets) in Corpus.Read(name))
                {
                    Volatile.Write(ref current, input);
                    Assert.That(() => target.Run(octets), Throws.Nothing, $"{name}/{input}");
                }
            },
            TaskCreationOptions.LongRunning);
        await replay.WaitAsync(HangTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That(replay.IsCompleted, Is.True, $"{name}/{Volatile.Read(ref current)} does not end");
        await replay;
    }

    private static IEnumerable<string> Targets() => FuzzTargets.All.Keys;
}
