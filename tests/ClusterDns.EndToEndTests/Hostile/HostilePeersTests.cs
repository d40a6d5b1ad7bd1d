using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Testing.Network;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Hostile;

/// <summary>Peers that want to harm over TCP: what the server holds stays bounded, and good clients notice nothing.</summary>
[TestFixture]
[Platform("Linux")]
internal sealed class HostilePeersTests
{
    /// <summary>The runtime, and everything that the bounds of a TCP listener allow: 64 MiB of buffers, 10,000 connections.</summary>
    private const long MostOctets = 256L * 1024 * 1024;

    /// <summary>Connections that may be open at once, and what any server has open.</summary>
    private const int MostDescriptors = 10_000 + 500;

    private static readonly TimeSpan AttackTime = TimeSpan.FromSeconds(4);

    [Test]
    public async Task TwentyThousandIdleConnections_KeepNobodyOut()
    {
        RequiredTool.Check("python3");
        await using var server = await ServerUnderAttack.StartAsync();
        using var first = new IdleConnections(10_000, firstAddress: 0);
        using var second = new IdleConnections(10_000, firstAddress: 100);

        var verdict = await server.EndureAsync(async () =>
        {
            var opened = await Task.WhenAll(first.OpenAsync(), second.OpenAsync());
            Assert.That(opened.Sum(), Is.EqualTo(20_000));
            await Task.Delay(AttackTime / 2);
        });

        Check(verdict);
        Assert.That(verdict.Steady.Connections, Is.EqualTo(SteadyClient.Connecting), "no connection of a good client was ended");
    }

    [Test]
    public async Task OneOctetASecond_KeepsNobodyOut() => await EndureAsync(1000, async (socket, stop) =>
    {
        await socket.SendAsync(new byte[] { 0xFF, 0xFF }, stop);
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), stop);
            await socket.SendAsync(new byte[] { 0 }, stop);
        }
    });

    [Test]
    public async Task LengthLies_CostNobodyAnything() => await EndureAsync(40, async (socket, stop) =>
    {
        // Longer than what follows, zero, as long as can be; then a length cut in half, and the end.
        await socket.SendAsync(new byte[] { 0, 40, 1, 2, 3 }, stop);
        await socket.SendAsync(new byte[37], stop);
        await socket.SendAsync(new byte[2 * 1000], stop);
        await socket.SendAsync(new byte[] { 0xFF, 0xFF, 1, 2, 3 }, stop);
        await socket.SendAsync(new byte[65_532], stop);
        await socket.SendAsync(new byte[] { 1 }, stop);
        socket.Shutdown(SocketShutdown.Send);
        await SwallowAsync(socket, stop);
    });

    [Test]
    public async Task LongestFramesOfJunk_AreAnsweredOrNotAndKeepNobodyOut() => await EndureAsync(100, async (socket, stop) =>
    {
        var frame = new byte[2 + 65_535];
        Array.Fill(frame, (byte)0xFF, 0, 2);
        frame[6] = 1;
        var swallowing = SwallowAsync(socket, stop);
        while (!stop.IsCancellationRequested)
        {
            await socket.SendAsync(frame, stop);
        }

        await swallowing;
    });

    [Test]
    public async Task PipelinesWhoseRepliesNobodyReads_AreNotReadEither() => await EndureAsync(300, async (socket, stop) =>
    {
        socket.ReceiveBufferSize = 4096;
        socket.SendBufferSize = 4096;
        byte[] framed = [0, (byte)ServerUnderAttack.Query.Length, .. ServerUnderAttack.Query];
        byte[] many = [.. Enumerable.Repeat(framed, 500).SelectMany(octets => octets)];
        while (true)
        {
            await socket.SendAsync(many, stop);
        }
    });

    [Test]
    public async Task ConnectionsThatAreResetAtOnce_LeaveNothingBehind()
    {
        await using var server = await ServerUnderAttack.StartAsync();
        var before = server.CountDescriptors();
        var opened = 0;
        var verdict = await server.EndureAsync(() => Task.WhenAll(Enumerable.Range(0, 4).Select(async number =>
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < AttackTime)
            {
                using var socket = await ConnectAsync(number, CancellationToken.None);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                Interlocked.Increment(ref opened);
            }
        })));

        await TestContext.Out.WriteLineAsync($"{opened} connections reset");
        Check(verdict);
        Assert.That(opened, Is.GreaterThan(1000));
        Assert.That(server.CountDescriptors, Is.LessThan(before + 100).After(20_000, 50));
    }

    /// <summary>Many clients at once, each of which begins anew whenever the server has had enough of it.</summary>
    private static async Task EndureAsync(int clients, Func<Socket, CancellationToken, Task> behave)
    {
        await using var server = await ServerUnderAttack.StartAsync();
        var verdict = await server.EndureAsync(async () =>
        {
            using var stop = new CancellationTokenSource(AttackTime);
            await Task.WhenAll(Enumerable.Range(0, clients).Select(number => BehaveAsync(number, behave, stop.Token)));
        });
        Check(verdict);
    }

    private static async Task BehaveAsync(int number, Func<Socket, CancellationToken, Task> behave, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = await ConnectAsync(number, stop);
                await behave(socket, stop);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // Cut off, or the attack is over.
            }
        }
    }

    private static async Task<Socket> ConnectAsync(int number, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse($"127.8.0.{(number % 50) + 1}"), 0));
            await socket.ConnectAsync(ServerUnderAttack.Endpoint, stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SwallowAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, stop) > 0)
        {
        }
    }

    private static void Check(Verdict verdict)
    {
        TestContext.Out.WriteLine(verdict);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.Steady.Wrong, Is.Empty);
            Assert.That(verdict.Steady.Answered, Is.EqualTo(verdict.Steady.Asked));
            Assert.That(verdict.Newcomers, Is.Not.Empty.And.All.EqualTo(Verdict.Answered));
            Assert.That(verdict.PeakOctets, Is.LessThan(MostOctets));
            Assert.That(verdict.MostDescriptors, Is.LessThan(MostDescriptors));
        }
    }

    /// <summary>A process of their own: one may not have descriptors enough for all of them.</summary>
    private sealed class IdleConnections : IDisposable
    {
        private readonly Process _process;

        public IdleConnections(int count, int firstAddress)
        {
            var program = RepositoryFiles.PathOf("tests/ClusterDns.EndToEndTests/Hostile/idle.py");
            string[] words = [program, .. new[] { ServerUnderAttack.Port, count, firstAddress }.Select(word => word.ToString(CultureInfo.InvariantCulture))];
            _process = new Process
            {
                StartInfo = new ProcessStartInfo("python3", words) { RedirectStandardInput = true, RedirectStandardOutput = true },
            };
        }

        /// <summary>Begins, and gives the number that were opened.</summary>
        public async Task<int> OpenAsync()
        {
            _process.Start();
            var line = await _process.StandardOutput.ReadLineAsync();
            return int.Parse(line ?? "0", CultureInfo.InvariantCulture);
        }

        public void Dispose()
        {
            try
            {
                _process.Kill();
                _process.WaitForExit();
            }
            catch (InvalidOperationException)
            {
                // Never started.
            }

            _process.Dispose();
        }
    }
}
