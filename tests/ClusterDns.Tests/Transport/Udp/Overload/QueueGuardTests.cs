using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ClusterDns.Transport.Udp;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Udp.Overload;

/// <summary>A listener that needs its time for each packet, and more packets than it has time for.</summary>
internal sealed class QueueGuardTests
{
    private const string Flooder = "127.0.0.66";
    private const string Ordinary = "127.0.0.1";
    private const int InARow = 30;

    private static readonly TimeSpan HandlingTime = TimeSpan.FromMicroseconds(50);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly UdpOptions Options = new() { Workers = 1, StopCheckInterval = TimeSpan.FromMilliseconds(20) };

    [Test]
    public void Flood_OfOneClient_IsHeldBackUntilItEnds_AndOthersAreAnswered()
    {
        var handler = new DelegateHandler((packet, path) =>
        {
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < HandlingTime;)
            {
                Thread.SpinWait(10);
            }

            packet.CopyTo(path.GetBuffer(packet.Length));
            path.Send(packet.Length);
        });
        using var listener = UdpListener.Start(
            new IPEndPoint(IPAddress.Loopback, 0), handler, Options, TimeProvider.System, NullLogger.Instance);
        using var over = new CancellationTokenSource();
        var sent = 0L;
        var flood = new Thread(() => sent = Flood(listener.Endpoint, over.Token));
        flood.Start();
        var duringFlood = AnswersInARow(listener.Endpoint, Ordinary);
        over.Cancel();
        flood.Join();
        var dropped = listener.ReadCounters().Overflowed;
        var afterFlood = AnswersInARow(listener.Endpoint, Flooder);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(duringFlood, Is.EqualTo(InARow), "an ordinary client, beside the flood");
            Assert.That(dropped, Is.GreaterThan(sent / 4), "of the flood");
            Assert.That(afterFlood, Is.EqualTo(InARow), "the same address, once the flood is over");
        }
    }

    /// <summary>Asks one question after the other until so many were answered in a row; gives the longest row.</summary>
    private static int AnswersInARow(IPEndPoint server, string from)
    {
        using var socket = Open(server, from);
        socket.ReceiveTimeout = (int)AnswerTimeout.TotalMilliseconds;
        var reply = new byte[4];
        var clock = Stopwatch.StartNew();
        var (row, longest) = (0, 0);
        for (var number = 1; longest < InARow && clock.Elapsed < Patience; number++)
        {
            socket.Send(BitConverter.GetBytes(number));
            row = IsAnswered(number) ? row + 1 : 0;
            longest = Math.Max(longest, row);
        }

        return longest;

        // An answer to an earlier question that comes late is no answer to this one.
        bool IsAnswered(int number)
        {
            while (socket.Receive(reply, SocketFlags.None, out var error) == reply.Length && error == SocketError.Success)
            {
                if (BitConverter.ToInt32(reply) == number)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static long Flood(IPEndPoint server, CancellationToken over)
    {
        using var socket = Open(server, Flooder);
        var packet = new byte[4];
        var sent = 0L;
        for (; !over.IsCancellationRequested; sent++)
        {
            socket.Send(packet, SocketFlags.None, out _);
        }

        return sent;
    }

    private static Socket Open(IPEndPoint server, string from)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(server);
        return socket;
    }
}
