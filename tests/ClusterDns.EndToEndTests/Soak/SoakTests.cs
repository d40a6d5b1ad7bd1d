using ClusterDns.Testing.Soak;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Soak;

/// <summary>
/// Twenty seconds of what <c>benchmarks/soak</c> does with the binary for a quarter of an hour: everything changes and
/// fails at once, and no answer is anything but what was true. How late it may be is not judged here: others may have
/// the machine.
/// </summary>
[TestFixture]
internal sealed class SoakTests
{
    private static readonly SoakPace Hurried = new()
    {
        Time = TimeSpan.FromSeconds(20),
        ReloadPause = TimeSpan.FromSeconds(1),
        ApiPause = TimeSpan.FromSeconds(2),
        LongestOutage = TimeSpan.FromSeconds(3),
        UpstreamPause = TimeSpan.FromSeconds(2),
        LongestUpstreamTrouble = TimeSpan.FromSeconds(2),
        Lag = TimeSpan.FromSeconds(20),
    };

    [Test]
    public async Task Server_EverythingAtOnce_AnswersWhatIsTrue()
    {
        await using var server = new SoakedServer();
        var run = new SoakRun(server, Hurried);

        await run.RunAsync();

        await TestContext.Out.WriteLineAsync($"{run.Tally.Asked} asked; {run.Happened}");
        Assert.Multiple(() =>
        {
            Assert.That(run.Tally.Complaints, Is.Empty);
            Assert.That(run.Tally.IsSound);
            Assert.That(run.Tally.Asked, Is.GreaterThan(run.Tally.ExcusedFailures));
        });
    }
}
