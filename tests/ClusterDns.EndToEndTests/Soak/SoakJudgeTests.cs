using ClusterDns.Testing.Soak;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Soak;

/// <summary>What the soak takes for right and for wrong. An address is a until second 10, b from then on; 5 s of lag are allowed.</summary>
[TestFixture]
internal sealed class SoakJudgeTests
{
    private const string Old = "10.0.0.1";
    private const string New = "10.0.0.2";
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);

    private TimeSpan _now;

    [TestCase(11, New, true)]
    [TestCase(11, Old, true)]
    [TestCase(14.9, Old, true)]
    [TestCase(15.1, Old, false)]
    [TestCase(9, New, false)]
    [TestCase(11, "10.0.0.3", false)]
    public void Judge_NothingDisturbed_AllowsTheLagAndNoMore(double second, string address, bool isRight) =>
        Assert.That(Judge(second, address, Disturbed(null, null)).IsSound, Is.EqualTo(isRight));

    [TestCase(60, Old, true)]
    [TestCase(60, New, true)]
    [TestCase(104, Old, true)]
    [TestCase(106, Old, false)]
    public void Judge_ApiServerAwayFrom9To100_AllowsWhatWasTrueBefore(double second, string address, bool isRight) =>
        Assert.That(Judge(second, address, Disturbed(9, 100)).IsSound, Is.EqualTo(isRight));

    [Test]
    public void Judge_OldAnswerAfterAnOutage_TellsTheConvergence()
    {
        var tally = Judge(103, Old, Disturbed(9, 100));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Convergence, Is.EqualTo(TimeSpan.FromSeconds(3)));
            Assert.That(tally.Lag, Is.EqualTo(TimeSpan.Zero));
        }
    }

    [Test]
    public void Judge_OldAnswerWithoutAnOutage_TellsTheLag() =>
        Assert.That(Judge(13, Old, Disturbed(null, null)).Lag.TotalSeconds, Is.EqualTo(3).Within(0.01));

    [TestCase(false, 50, false)]
    [TestCase(true, 50, true)]
    [TestCase(true, 109, true)]
    [TestCase(true, 111, false)]
    [TestCase(true, 8, false)]
    public void Judge_Failure_IsExcusedForTheWorldAloneAndWithoutUpstreams(bool isOutside, double second, bool isExcused)
    {
        var tally = new SoakTally();
        var question = new SoakQuestion("a.test.", RecordType.A, isOutside, static (_, _, _) => true);
        var judge = new SoakJudge(Disturbed(null, null), Disturbed(9, 100), Lag, tally);
        judge.Judge(question, new SoakAnswer(SoakAnswer.Failure, []), At(second), At(second));
        Assert.That(tally.IsSound, Is.EqualTo(isExcused));
    }

    /// <summary>Upstreams were away before, and go away again while the question is under way: nothing has taken so long.</summary>
    [Test]
    public void Judge_FailureAsUpstreamsGoAgain_IsNoSlowReturn()
    {
        var bothDead = Disturbed(9, 20);
        _now = At(80);
        bothDead.Begin();
        var tally = new SoakTally();
        var question = new SoakQuestion("a.test.", RecordType.A, IsOutside: true, static (_, _, _) => true);
        new SoakJudge(Disturbed(null, null), bothDead, Lag, tally).Judge(question, new SoakAnswer(SoakAnswer.Failure, []), At(79), At(83));
        Assert.That(tally.UpstreamRecovery, Is.EqualTo(TimeSpan.Zero));
    }

    private SoakTally Judge(double second, string address, Disturbances outages)
    {
        _now = TimeSpan.Zero;
        var addresses = new Timeline<string>(Old, () => _now);
        _now = At(10);
        addresses.Changing(New);
        addresses.Changed();
        var tally = new SoakTally();
        var question = new SoakQuestion(
            "a.test.", RecordType.A, IsOutside: false, (answer, from, to) => addresses.Between(from, to).Any(answer.Is));
        new SoakJudge(outages, Disturbed(null, null), Lag, tally)
            .Judge(question, new SoakAnswer("NOERROR", [address]), At(second), At(second));
        return tally;
    }

    private Disturbances Disturbed(double? from, double? to)
    {
        var disturbances = new Disturbances(() => _now);
        if (from is { } begin && to is { } end)
        {
            _now = At(begin);
            disturbances.Begin();
            _now = At(end);
            disturbances.End();
        }

        return disturbances;
    }

    private static TimeSpan At(double second) => TimeSpan.FromSeconds(second);
}
