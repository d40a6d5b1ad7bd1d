using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

/// <summary>One line for each kind of exception and interval, however many queries find the bug.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PanicLogTests : IDisposable
{
    private readonly LogCapture _log = new();
    private readonly ManualClock _clock = new();
    private readonly Query _query = QueryFactory.Ask("Www.example.org", RecordType.A);
    private readonly PanicLog _panics;

    public PanicLogTests() => _panics = new PanicLog(_log.CreateLogger("server"), _clock);

    public void Dispose()
    {
        _query.Dispose();
        _log.Dispose();
    }

    [Test]
    public void Tell_OneKindAThousandTimes_IsALineAndTheNumberWithTheNextOne()
    {
        for (var i = 0; i < 1000; i++)
        {
            _panics.Tell(_query, new InvalidOperationException("a bug"), withTrace: false);
        }

        _clock.Advance(LogInterval.Length);
        _panics.Tell(_query, new InvalidOperationException("a bug"), withTrace: false);

        const string Line = "[Error] server: Recovered from panic in server: Www.example.org. A: InvalidOperationException: a bug";
        Assert.That(_log.Lines, Is.EqualTo([Line, Line + " (999 more of this kind since the last such line)"]));
    }

    [Test]
    public void Tell_AnotherKindBesideIt_HasALineOfItsOwn()
    {
        _panics.Tell(_query, new InvalidOperationException("a bug"), withTrace: false);
        _panics.Tell(_query, new NotSupportedException("another"), withTrace: false);
        _panics.Tell(_query, new NotSupportedException("another"), withTrace: false);

        Assert.That(_log.Lines, Has.Count.EqualTo(2));
    }

    [Test]
    public void Tell_MoreKindsThanAreToldApart_ShareTheLastOne()
    {
        Exception[] kinds =
        [
            new ArgumentException(), new ArgumentNullException(), new ArgumentOutOfRangeException(), new ArithmeticException(),
            new ArrayTypeMismatchException(), new DivideByZeroException(), new FormatException(), new IndexOutOfRangeException(),
            new InvalidCastException(), new InvalidOperationException(), new IOException(), new KeyNotFoundException(),
            new NotImplementedException(), new NotSupportedException(), new NullReferenceException(), new ObjectDisposedException(""),
            new OverflowException(), new RankException(), new TimeoutException(), new UnauthorizedAccessException(),
        ];
        foreach (var kind in kinds)
        {
            _panics.Tell(_query, kind, withTrace: false);
            _panics.Tell(_query, kind, withTrace: false);
        }

        Assert.That(_log.Lines, Has.Count.EqualTo(PanicLog.MostKinds));
    }
}
