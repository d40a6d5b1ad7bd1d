using ClusterDns.Transport.Tcp;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Tcp;

internal sealed class TcpReceiveBufferTests
{
    private static readonly Gen<byte[]> GenMessage = Gen.OneOf(
        Gen.Byte.Array[0, 40],
        Gen.Byte.Array[500, 520],
        Gen.Int[2_000, ushort.MaxValue].Select(length => Enumerable.Repeat((byte)length, length).ToArray()));

    [Test]
    public void TryTake_StreamCutAnywhere_GivesTheMessagesThatWereSent() =>
        Gen.Select(GenMessage.Array[1, 12], Gen.Int[1, 70_000].Array[1, 20]).Sample(
            (messages, reads) =>
            {
                var taken = Read(new TcpReceiveBuffer(new ByteBudget(long.MaxValue)), Stream(messages), reads);
                return taken.Count == messages.Length
                    && taken.Zip(messages).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
            },
            iter: 500);

    [Test]
    public void TryTake_TwoMessagesCutAtEveryOctet_GivesBoth()
    {
        byte[][] messages = ["first"u8.ToArray(), "the second one"u8.ToArray()];
        var stream = Stream(messages);
        for (var cut = 1; cut < stream.Length; cut++)
        {
            var taken = Read(new TcpReceiveBuffer(new ByteBudget(0)), stream, [cut, stream.Length]);
            Assert.That(taken, Is.EqualTo(messages), $"cut at {cut}");
        }
    }

    [Test]
    public void TryMakeRoom_AfterALargeMessage_GivesTheMemoryBack()
    {
        var budget = new ByteBudget(long.MaxValue);
        var buffer = new TcpReceiveBuffer(budget);
        Read(buffer, Stream([new byte[ushort.MaxValue]]), [ushort.MaxValue + 2]);
        var whileUsed = budget.Taken;

        buffer.TryMakeRoom();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whileUsed, Is.Positive);
            Assert.That(budget.Taken, Is.Zero);
            Assert.That(buffer.Room.Length, Is.EqualTo(TcpReceiveBuffer.SmallSize));
        }
    }

    [Test]
    public void TryMakeRoom_ForManySmallMessages_BorrowsNoMoreThanAStreamNeeds()
    {
        var budget = new ByteBudget(long.MaxValue);
        var buffer = new TcpReceiveBuffer(budget);
        var stream = Stream(Enumerable.Range(0, 20_000).Select(_ => new byte[30]).ToArray());

        var most = 0L;
        Read(buffer, stream, [int.MaxValue], () => most = Math.Max(most, budget.Taken));

        Assert.That(most, Is.InRange(TcpReceiveBuffer.StreamSize, 2 * TcpReceiveBuffer.StreamSize));
    }

    [Test]
    public void TryMakeRoom_OverBudget_FailsOnlyForWhatDoesNotFit()
    {
        var buffer = new TcpReceiveBuffer(new ByteBudget(0));
        byte[][] small = [.. Enumerable.Range(0, 200).Select(_ => new byte[30])];

        var taken = Read(buffer, Stream(small), [int.MaxValue]);
        var isRefused = !TryFill(buffer, Stream([new byte[1000]]));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo(small));
            Assert.That(isRefused, Is.True);
        }
    }

    private static byte[] Stream(byte[][] messages) => [.. messages.SelectMany(message => TcpTestClient.Frame(message))];

    /// <summary>Reads the stream in pieces of the given sizes, the last one repeated, and gives the messages found.</summary>
    private static List<byte[]> Read(TcpReceiveBuffer buffer, byte[] stream, int[] reads, Action? afterRead = null)
    {
        var messages = new List<byte[]>();
        var position = 0;
        for (var i = 0; position < stream.Length; i++)
        {
            Assert.That(buffer.TryMakeRoom(), Is.True);
            var size = Math.Min(reads[Math.Min(i, reads.Length - 1)], stream.Length - position);
            size = Math.Min(size, buffer.Room.Length);
            stream.AsSpan(position, size).CopyTo(buffer.Room.Span);
            buffer.Add(size);
            position += size;
            while (buffer.TryTake(out var message))
            {
                messages.Add(message.ToArray());
            }

            afterRead?.Invoke();
        }

        Assert.That(buffer.IsEmpty, Is.True);
        return messages;
    }

    private static bool TryFill(TcpReceiveBuffer buffer, ReadOnlySpan<byte> stream)
    {
        while (!stream.IsEmpty)
        {
            if (!buffer.TryMakeRoom())
            {
                return false;
            }

            var size = Math.Min(stream.Length, buffer.Room.Length);
            stream[..size].CopyTo(buffer.Room.Span);
            buffer.Add(size);
            stream = stream[size..];
        }

        return true;
    }
}
