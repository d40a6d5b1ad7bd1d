using System.Net;
using ClusterDns.Transport;
using ClusterDns.Transport.Tcp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterDns.Tests.Transport.Tcp;

/// <summary>What the fixtures for the listener share: how one is started here.</summary>
internal abstract class TcpListenerFixture
{
    /// <summary>Short enough to wait for; what a test does not want to happen gets <see cref="Long"/>.</summary>
    protected static readonly TimeSpan Short = TimeSpan.FromMilliseconds(250);

    protected static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>Times that no test meets by accident.</summary>
    protected static TcpOptions Options { get; } = new()
    {
        IdleTimeout = Long,
        ReadTimeout = Long,
        WriteTimeout = Long,
        AnswerTimeout = Long,
        TimeoutCheckInterval = TimeSpan.FromMilliseconds(20),
    };

    /// <summary>Connections that have nothing to do hold no buffers, be they open or closed.</summary>
    protected static Task ExpectNothingBorrowed(TcpQueryListener listener) =>
        Eventually.IsTrue(() => listener.ReadCounters().BorrowedOctets == 0, "all buffers are given back");

    protected static TcpQueryListener Start(
        IPacketHandler handler,
        TcpOptions? options = null,
        string address = "127.0.0.1",
        ILogger? logger = null,
        TimeProvider? time = null) =>
        TcpQueryListener.Start(
            new IPEndPoint(IPAddress.Parse(address), 0),
            handler,
            options ?? Options,
            time ?? TimeProvider.System,
            logger ?? NullLogger.Instance);
}
