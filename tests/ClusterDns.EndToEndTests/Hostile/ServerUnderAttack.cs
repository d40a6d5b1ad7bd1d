using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Testing;
using ClusterDns.Testing.Network;
using ClusterDns.Testing.Processes;
using ClusterDns.Wire;

namespace ClusterDns.EndToEndTests.Hostile;

/// <summary>
/// The real program, a good client that keeps asking it over sockets of its own, and good clients that come anew; what the
/// program holds meanwhile is measured.
/// </summary>
internal sealed class ServerUnderAttack : IAsyncDisposable
{
    public const int Port = 15356;
    public const string Name = "good.test.";

    private const string Address = "192.0.2.1";
    private const int QueriesPerSecond = 400;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenNewcomers = TimeSpan.FromMilliseconds(25);

    private readonly ServerProcessUnderTest _process;
    private readonly string _folder;
    private readonly SteadyClient _steady;

    private ServerUnderAttack(ServerProcessUnderTest process, string folder)
    {
        _process = process;
        _folder = folder;
        _steady = new SteadyClient(Endpoint, [Query], Judge);
    }

    public static IPEndPoint Endpoint { get; } = new(IPAddress.Loopback, Port);

    public static byte[] Query { get; } = QueryFactory.Packet(Name, RecordType.A, udpSize: 1232);

    public static async Task<ServerUnderAttack> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;
        var path = Path.Combine(folder, "Corefile");
        await File.WriteAllTextAsync(path, $$"""
            .:{{Port}} {
                bind 127.0.0.1
                errors
                hosts {
                    {{Address}} {{Name}}
                }
            }
            """);
        var process = ServerProcessUnderTest.Start(["-conf", path], folder);
        await process.WaitUntilItServesAsync();
        return new ServerUnderAttack(process, folder);
    }

    /// <summary>Keeps asking for as long as an attack goes on, and says how everybody fared.</summary>
    public async Task<Verdict> EndureAsync(Func<Task> attack)
    {
        await _steady.RunAsync(QueriesPerSecond, TimeSpan.FromSeconds(1));
        var attacking = attack();
        var newcomers = GreetNewcomersAsync(attacking);
        var watching = WatchAsync(attacking);
        await _steady.RunAsync(QueriesPerSecond, () => !attacking.IsCompleted);
        await attacking;
        var (mostOctets, mostDescriptors) = await watching;
        return new Verdict(_steady, await newcomers, mostOctets, mostDescriptors, [.. _process.Output, .. _process.Errors]);
    }

    public int CountDescriptors() => Directory.GetFileSystemEntries($"/proc/{_process.ProcessId}/fd").Length;

    public async ValueTask DisposeAsync()
    {
        await _steady.DisposeAsync();
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string? Judge(int index, byte[] reply) =>
        MessageHeader.AnswerCount(reply) == 1 ? null : $"{reply.Length} octets without answer";

    /// <summary>On a thread of its own: an attacker in this process must not be what keeps a good client waiting.</summary>
    private static Task<IReadOnlyList<string>> GreetNewcomersAsync(Task attacking) => Task.Factory.StartNew(
        () => GreetNewcomers(attacking), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static IReadOnlyList<string> GreetNewcomers(Task attacking)
    {
        List<string> outcomes = [];
        while (!attacking.IsCompleted)
        {
            var clock = Stopwatch.StartNew();
            try
            {
                outcomes.Add(Judge(0, Ask()) ?? Verdict.Answered);
            }
            catch (Exception error) when (error is IOException or SocketException)
            {
                outcomes.Add($"{error.Message} after {clock.ElapsedMilliseconds} ms");
            }

            Thread.Sleep(BetweenNewcomers);
        }

        return outcomes;
    }

    private static byte[] Ask()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        socket.Connect(Endpoint);
        using var stream = new NetworkStream(socket);
        byte[] framed = [0, (byte)Query.Length, .. Query];
        stream.Write(framed);
        var length = new byte[2];
        stream.ReadExactly(length);
        var reply = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        stream.ReadExactly(reply);
        return reply;
    }

    private async Task<(long Octets, int Descriptors)> WatchAsync(Task attacking)
    {
        var descriptors = 0;
        while (!attacking.IsCompleted)
        {
            descriptors = Math.Max(descriptors, CountDescriptors());
            await Task.Delay(BetweenNewcomers);
        }

        return (PeakOctets(), descriptors);
    }

    private long PeakOctets()
    {
        var line = File.ReadLines($"/proc/{_process.ProcessId}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
