using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Faults;

/// <summary>Asks for every name in turn, all the time, and holds each answer against what is allowed at its moment.</summary>
internal sealed class FaultClient(FaultNames names) : IAsyncDisposable
{
    private const int MostToldWrong = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private Task _asking = Task.CompletedTask;
    private long _asked;

    public long Asked => Interlocked.Read(ref _asked);

    public long Wrong { get; private set; }

    /// <summary>SERVFAIL for a name that the server has known.</summary>
    public long Failed { get; private set; }

    public long Unanswered { get; private set; }

    /// <summary>The first of them.</summary>
    public IReadOnlyCollection<string> WrongAnswers => _wrong;

    /// <summary>Asks no more; the counts stand.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Start(IPEndPoint server) => _asking = AskAllAsync(server, _stopping.Token);

    /// <summary>An address, or a response code, or <see cref="FaultNames.Empty"/>; null where nothing came.</summary>
    public static async Task<string?> AskAsync(Socket socket, string domain, CancellationToken cancellation)
    {
        var query = QueryFactory.Packet(domain, RecordType.A, udpSize: 1232);
        query[0] = (byte)Random.Shared.Next(256);
        query[1] = (byte)Random.Shared.Next(256);
        var buffer = new byte[1500];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await socket.SendAsync(query, patience.Token);
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, patience.Token);
                if (length > 2 && buffer[0] == query[0] && buffer[1] == query[1])
                {
                    return Read(buffer[..length]);
                }
            }
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    public static Socket Connect(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(server);
        return socket;
    }

    private async Task AskAllAsync(IPEndPoint server, CancellationToken cancellation)
    {
        using var socket = Connect(server);
        for (var turn = 0; !cancellation.IsCancellationRequested; turn++)
        {
            var name = names.All[turn % names.All.Count];
            var before = names.Allowed(name);
            var answer = await AskAsync(socket, FaultNames.DomainOf(name), cancellation);
            Interlocked.Increment(ref _asked);
            Judge(name, answer, before, names.Allowed(name));
            await Task.Delay(Pause, cancellation);
        }
    }

    // What is allowed may change while the question is under way.
    private void Judge(string name, string? answer, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (answer is null)
        {
            Unanswered++;
        }
        else if (!before.Contains(answer) && !after.Contains(answer))
        {
            Failed += answer == FaultNames.Failure ? 1 : 0;
            Wrong += answer == FaultNames.Failure ? 0 : 1;
            if (_wrong.Count < MostToldWrong)
            {
                _wrong.Enqueue($"{name}: {answer}, allowed {string.Join(' ', after)}");
            }
        }
    }

    private static string? Read(byte[] reply)
    {
        if (!ReplyReader.TryRead(reply, out var fields))
        {
            return "no DNS reply";
        }

        if (fields.Code != ResponseCode.NoError)
        {
            return fields.Code switch
            {
                ResponseCode.NameError => FaultNames.Missing,
                ResponseCode.ServerFailure => FaultNames.Failure,
                var code => code.ToString(),
            };
        }

        var records = new RecordReader(reply, fields.QuestionEnd);
        return MessageHeader.AnswerCount(reply) == 0 || !records.TryRead(out var record) ? FaultNames.Empty
            : MessageHeader.AnswerCount(reply) == 1 && record.Type == RecordType.A ? new IPAddress(reply.AsSpan(record.DataOffset, 4)).ToString()
            : "more than one record";
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }
}
