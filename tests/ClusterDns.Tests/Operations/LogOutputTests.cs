using System.Text;
using ClusterDns.Operations;
using ClusterDns.Testing;
using NUnit.Framework;

namespace ClusterDns.Tests.Operations;

[TestFixture]
internal sealed class LogOutputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void Lines_OfSeveralThreads_AreWrittenWholeAndInEachThreadsOrder()
    {
        const int threads = 4;
        const int linesEach = 500;
        var stream = new LinesStream();
        using (var output = new LogOutput(stream))
        {
            var writers = Enumerable.Range(0, threads)
                .Select(t => new Thread(() =>
                {
                    for (var i = 0; i < linesEach; i++)
                    {
                        output.TryWrite($"{t} {i}");
                    }
                }))
                .ToList();
            writers.ForEach(writer => writer.Start());
            writers.ForEach(writer => writer.Join());
        }

        var byThread = stream.Lines.Select(line => line.Split(' ')).ToLookup(words => words[0], words => int.Parse(words[1]));
        Assert.That(byThread, Has.Count.EqualTo(threads));
        foreach (var lines in byThread)
        {
            Assert.That(lines, Is.EqualTo(Enumerable.Range(0, linesEach)));
        }
    }

    [Test]
    public void Line_WithoutAnyOther_IsWrittenSoon()
    {
        var stream = new LinesStream();
        using var output = new LogOutput(stream);
        output.TryWrite("alone");

        Assert.That(() => stream.Lines, Is.EqualTo(["alone"]).After((int)Patience.TotalMilliseconds, 5));
    }

    [Test]
    public void Reader_Stalls_LinesAreDroppedAndCountedAndToldOnceItReads()
    {
        using var stream = new StalledStream();
        using var output = new LogOutput(stream, capacity: 64);
        output.TryWrite("first");
        stream.WaitUntilStalled();

        var taken = Enumerable.Range(0, 100).Count(_ => output.TryWrite("0123456789"));
        var dropped = output.DroppedLines;
        stream.Release();

        Assert.That(() => stream.Text, Does.Contain($"[WARNING] {dropped} log lines dropped").After((int)Patience.TotalMilliseconds, 5));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo(64 / "0123456789\n".Length));
            Assert.That(dropped, Is.EqualTo(100 - taken));
            Assert.That(stream.Text, Does.StartWith("first\n0123456789\n"));
        }
    }

    [Test]
    public void Dispose_ReaderNeverReads_ReturnsAllTheSame()
    {
        using var stream = new StalledStream();
        var output = new LogOutput(stream);
        output.TryWrite("first");
        stream.WaitUntilStalled();
        output.TryWrite("second");

        Assert.That(Task.Run(output.Dispose).Wait(Patience), Is.True);
    }

    [Test]
    public void Dispose_LinesWaiting_WritesThemAndTakesNoMore()
    {
        var stream = new LinesStream();
        var output = new LogOutput(stream);
        output.TryWrite("last words");
        output.Dispose();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.Lines, Is.EqualTo(["last words"]));
            Assert.That(output.TryWrite("too late"), Is.False);
        }
    }

    [Test]
    public void Write_ReaderGone_FurtherLinesAreRefused()
    {
        using var output = new LogOutput(new BrokenStream());
        output.TryWrite("first");

        Assert.That(() => output.TryWrite("next"), Is.False.After((int)Patience.TotalMilliseconds, 5));
    }

    [Test]
    public void Write_LineOfOctets_AllocatesNothing()
    {
        using var output = new LogOutput(Stream.Null, capacity: 4096);
        var line = Encoding.ASCII.GetBytes("a line that is written again and again");

        Assert.That(Allocation.Of(() => output.TryWrite(line)), Is.Zero);
    }

    /// <summary>Takes nothing until it is released.</summary>
    private sealed class StalledStream : MemoryStream
    {
        private readonly ManualResetEventSlim _stalled = new();
        private readonly ManualResetEventSlim _released = new();
        private readonly Lock _gate = new();

        public string Text
        {
            get
            {
                lock (_gate)
                {
                    return Encoding.UTF8.GetString(ToArray());
                }
            }
        }

        public void WaitUntilStalled() => Assert.That(_stalled.Wait(Patience), Is.True);

        public void Release() => _released.Set();

        public override void Write(byte[] buffer, int offset, int count)
        {
            _stalled.Set();
            _released.Wait(Patience);
            lock (_gate)
            {
                base.Write(buffer, offset, count);
            }
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (_gate)
            {
                base.Write(buffer.ToArray(), 0, buffer.Length);
            }
        }

        protected override void Dispose(bool disposing)
        {
            _released.Set();
            base.Dispose(disposing);
        }
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");
    }
}
