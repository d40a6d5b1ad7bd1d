using ClusterDns.Transport.Tcp;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class TcpSendBuffersTests
{
    private const int MaxOctets = 100;
    private const int FirstSize = 16;

    private readonly ByteBudget _budget = new(long.MaxValue);
    private TcpSendBuffers _buffers;

    public TcpSendBuffersTests()
    {
        _buffers = new TcpSendBuffers(_budget, MaxOctets, FirstSize);
    }

    [Test]
    public void TryTakeWaiting_AfterSeveralMessages_GivesThemBehindTheirLengths()
    {
        byte[][] messages = ["first"u8.ToArray(), [], [.. Enumerable.Range(0, 60).Select(i => (byte)i)]];

        foreach (var message in messages)
        {
            Assert.That(TryAdd(message), Is.True);
        }

        Assert.That(_buffers.TryTakeWaiting(), Is.True);
        Assert.That(_buffers.Leaving.ToArray(), Is.EqualTo(messages.SelectMany(message => TcpTestClient.Frame(message))));
    }

    [Test]
    public void TryAdd_WhileOthersLeave_WaitsForTheNextWrite()
    {
        TryAdd([1]);
        _buffers.TryTakeWaiting();
        TryAdd([2]);

        var first = _buffers.Leaving.ToArray();
        _buffers.ReturnLeaving();
        var hasMore = _buffers.TryTakeWaiting();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.EqualTo(new byte[] { 0, 1, 1 }));
            Assert.That(hasMore, Is.True);
            Assert.That(_buffers.Leaving.ToArray(), Is.EqualTo(new byte[] { 0, 1, 2 }));
        }
    }

    [Test]
    public void TryAdd_MoreThanTheBoundWithWhatLeaves_IsRefusedUntilThatIsGone()
    {
        TryAdd(new byte[58]);
        _buffers.TryTakeWaiting();

        var fits = TryAdd(new byte[38]);
        var isOneTooMuch = TryAdd([]);
        _buffers.ReturnLeaving();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fits, Is.True);
            Assert.That(isOneTooMuch, Is.False);
            Assert.That(TryAdd([]), Is.True);
            Assert.That(_buffers.Octets, Is.EqualTo(42));
        }
    }

    [Test]
    public void TryAdd_OverBudget_IsRefusedAndHoldsNothing()
    {
        var budget = new ByteBudget(0);
        var buffers = new TcpSendBuffers(budget, MaxOctets, FirstSize);

        Assert.That(buffers.TryAdd(1, out _), Is.False);
        Assert.That(buffers.TryTakeWaiting(), Is.False);
        Assert.That(budget.Taken, Is.Zero);
    }

    [Test]
    public void Return_OfBoth_GivesTheMemoryBack()
    {
        TryAdd(new byte[20]);
        _buffers.TryTakeWaiting();
        TryAdd(new byte[40]);
        var whileUsed = _budget.Taken;

        _buffers.ReturnLeaving();
        _buffers.ReturnWaiting();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whileUsed, Is.Positive);
            Assert.That(_budget.Taken, Is.Zero);
            Assert.That(_buffers.Octets, Is.Zero);
            Assert.That(_buffers.TryTakeWaiting(), Is.False);
        }
    }

    private bool TryAdd(byte[] message)
    {
        var isAdded = _buffers.TryAdd(message.Length, out var destination);
        message.AsSpan(0, destination.Length).CopyTo(destination);
        return isAdded;
    }
}
