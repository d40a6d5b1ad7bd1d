using ClusterDns.Transport.Tcp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

internal sealed class TcpDeadlinesTests
{
    private static readonly TcpOptions Options = new();
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private ManualTime _time = new();
    private TcpDeadlines _deadlines = null!;

    [SetUp]
    public void Connect()
    {
        _time = new ManualTime();
        _deadlines = new TcpDeadlines(_time, new TcpSettings(Options));
    }

    [Test]
    public void IsOverdue_BeforeTheFirstQuery_AfterTheReadTimeout() => ExpectOverdueAfter(Options.ReadTimeout);

    [Test]
    public void IsOverdue_AfterAQuery_AfterTheIdleTimeout()
    {
        _deadlines.MessageEnded();
        ExpectOverdueAfter(Options.IdleTimeout);
    }

    [Test]
    public void IsOverdue_WithAQueryInFlight_AfterTheAnswerTimeout()
    {
        _deadlines.MessageEnded();
        ExpectOverdueAfter(Options.AnswerTimeout, isWaitingForAnswers: true);
    }

    [Test]
    public void IsOverdue_WithinAQuery_AfterTheReadTimeoutFromItsFirstOctet()
    {
        _deadlines.MessageEnded();
        _deadlines.MessageBegan();
        _time.Advance(Options.ReadTimeout - Moment);
        _deadlines.MessageBegan();
        ExpectOverdueAfter(Moment);
    }

    [Test]
    public void IsOverdue_WithinAQueryThatBeganLate_LeavesItTheReadTimeout()
    {
        _deadlines.MessageEnded();
        _time.Advance(Options.IdleTimeout - Moment);
        _deadlines.MessageBegan();
        ExpectOverdueAfter(Options.ReadTimeout);
    }

    [Test]
    public void IsOverdue_WhileReadingIsPaused_NotByTheReadTimeout()
    {
        _deadlines.MessageEnded();
        _deadlines.MessageBegan();
        _deadlines.ReadingPaused();
        ExpectOverdueAfter(Options.AnswerTimeout, isWaitingForAnswers: true);
    }

    [Test]
    public void IsOverdue_AfterAnAnswer_CountsFromThere()
    {
        _deadlines.MessageEnded();
        _time.Advance(Options.IdleTimeout - Moment);
        _deadlines.Active();
        ExpectOverdueAfter(Options.IdleTimeout);
    }

    [Test]
    public void IsWriteOverdue_OnlyWhileAWriteIsUnderWay()
    {
        _deadlines.WriteBegan();
        _time.Advance(Options.WriteTimeout + Moment);
        var whileWriting = _deadlines.IsWriteOverdue;
        _deadlines.WriteEnded();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whileWriting, Is.True);
            Assert.That(_deadlines.IsWriteOverdue, Is.False);
        }
    }

    [Test]
    public void IsLingerOverdue_AfterTheLastAnswer_TakesTheOtherTimesPlace()
    {
        _deadlines.LingerBegan();
        var atOnce = _deadlines.IsLingerOverdue;
        _time.Advance(Options.AnswerTimeout + Moment);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atOnce, Is.False);
            Assert.That(_deadlines.IsLingerOverdue, Is.True);
            Assert.That(_deadlines.IsOverdue(isWaitingForAnswers: false), Is.False);
        }
    }

    private void ExpectOverdueAfter(TimeSpan limit, bool isWaitingForAnswers = false)
    {
        _time.Advance(limit);
        var atTheLimit = _deadlines.IsOverdue(isWaitingForAnswers);
        _time.Advance(Moment);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atTheLimit, Is.False, "at the limit");
            Assert.That(_deadlines.IsOverdue(isWaitingForAnswers), Is.True, "behind it");
        }
    }
}
