using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ClusterDns.Overload;

/// <summary>
/// The flood's own process: asks for names that are forwarded, each another one, from one address and many ports, and reads
/// no answer. Says at its end how many it has sent, and when it began and ended in ticks of <see cref="Stopwatch"/>.
/// </summary>
internal static class FloodCommand
{
    public const string Name = "flood";

    /// <summary>Another address than the ordinary client's, as another pod would have.</summary>
    public const string Source = "127.0.0.66";

    private const int Ports = 16;
    private const int CheckInterval = 64;
    private const int LabelOffset = 13;
    private const int LabelLength = 12;

    public static void Run(string[] arguments)
    {
        var port = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var rate = int.Parse(arguments[1], CultureInfo.InvariantCulture);
        var time = TimeSpan.FromSeconds(int.Parse(arguments[2], CultureInfo.InvariantCulture));
        var sockets = Enumerable.Range(0, Ports).Select(_ => Open(port)).ToArray();
        var began = Stopwatch.GetTimestamp();
        var sent = Send(sockets, rate, time);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sent} {began} {Stopwatch.GetTimestamp()}"));

        // Whoever started it ends it: the exit of a child would keep the ordinary client's process busy in the middle of what it measures.
        Thread.Sleep(Timeout.Infinite);
    }

    private static Socket Open(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(Source), 0));
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));

        // What is never read is to cost as little as it can.
        socket.ReceiveBufferSize = 0;
        return socket;
    }

    private static long Send(Socket[] sockets, int rate, TimeSpan time)
    {
        byte[] query = [0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, LabelLength, .. new byte[LabelLength], 5, .. "flood"u8, 4, .. "test"u8, 0, 0, 1, 0, 1];
        var clock = Stopwatch.StartNew();
        var sent = 0L;
        while (true)
        {
            if (sent % CheckInterval == 0)
            {
                if (clock.Elapsed >= time)
                {
                    return sent;
                }

                while (rate > 0 && sent > clock.Elapsed.TotalSeconds * rate)
                {
                    Thread.Sleep(1);
                }
            }

            Encoding.ASCII.GetBytes(sent.ToString("x12", CultureInfo.InvariantCulture), query.AsSpan(LabelOffset, LabelLength));
            query[1] = (byte)sent;
            sockets[sent % Ports].Send(query, SocketFlags.None, out _);
            sent++;
        }
    }
}
