using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Testing.Soak;

/// <summary>Asks one question after the other over UDP, or over TCP connections that it changes now and then.</summary>
internal sealed class SoakClient(IPEndPoint server, bool isTcp, Func<SoakQuestion> next, SoakJudge judge, SoakTally tally, Func<TimeSpan> now)
{
    private const int QuestionsPerSocket = 20;
    private const ushort UdpSize = 1232;

    /// <summary>More than a server takes that waits for upstreams.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private Socket? _socket;
    private int _left;

    /// <param name="pause">Between an answer and the next question.</param>
    /// <param name="ended">Ends it after the answer to what is asked then.</param>
    public async Task RunAsync(TimeSpan pause, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            await AskAsync(next());
            await Task.Delay(pause, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _socket?.Dispose();
    }

    private async Task AskAsync(SoakQuestion question)
    {
        var query = QueryFactory.Packet(question.Name, question.Type, udpSize: UdpSize);
        Random.Shared.NextBytes(query.AsSpan(0, 2));
        tally.CountAsked(isTcp);
        var sent = now();
        var reply = await TryAsync(query);
        if (reply is null)
        {
            tally.CountRetried();
            sent = now();
            reply = await TryAsync(query);
        }

        if (reply is null)
        {
            tally.CountLost($"{question.Name} {question.Type} at {sent.TotalSeconds:0.000}");
            return;
        }

        try
        {
            judge.Judge(question, SoakAnswer.Read(query, reply), sent, now());
        }
        catch (FormatException failure)
        {
            tally.CountWrong($"{question.Name} {question.Type} at {sent.TotalSeconds:0.000}: {failure.Message}");
        }
    }

    private async Task<byte[]?> TryAsync(byte[] query)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var socket = await ConnectAsync(timeout.Token);
            return isTcp ? await AskTcpAsync(socket, query, timeout.Token) : await AskUdpAsync(socket, query, timeout.Token);
        }
        catch (Exception failure) when (failure is SocketException or IOException or OperationCanceledException)
        {
            _left = 0;
            return null;
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        if (_socket is not null && _left-- > 0)
        {
            return _socket;
        }

        _socket?.Dispose();
        _left = QuestionsPerSocket;
        _socket = isTcp
            ? new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await _socket.ConnectAsync(server, cancellation);
        return _socket;
    }

    private static async Task<byte[]> AskTcpAsync(Socket socket, byte[] query, CancellationToken cancellation)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        await DnsSocketClient.WriteAsync(stream, query, cancellation);
        return await DnsSocketClient.ReadAsync(stream, cancellation);
    }

    private static async Task<byte[]> AskUdpAsync(Socket socket, byte[] query, CancellationToken cancellation)
    {
        var buffer = new byte[UdpSize];
        await socket.SendAsync(query, cancellation);
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellation);

            // The answer to what was given up may come late.
            if (length > 2 && buffer[0] == query[0] && buffer[1] == query[1])
            {
                return buffer[..length];
            }
        }
    }
}
