using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ClusterDns.Transport.Upstream;
using NUnit.Framework;

namespace ClusterDns.Tests.Transport.Upstream;

internal sealed class StreamFailureTests
{
    private const string Ends = "tcp 10.244.0.3:4242->10.0.0.2:53: ";

    private static readonly IPEndPoint Local = IPEndPoint.Parse("10.244.0.3:4242");
    private static readonly IPEndPoint Server = IPEndPoint.Parse("10.0.0.2:53");

    [Test]
    public void OfReading_EndOfStream_IsLost() =>
        Assert.That(StreamFailure.OfReading(null, Local, Server), Is.EqualTo(Lost("read " + Ends + "EOF")));

    [Test]
    public void OfReading_EndInsideTheHandshake_IsLost() =>
        Assert.That(StreamFailure.OfReading(new IOException("unexpected EOF"), Local, Server), Is.EqualTo(Lost("read " + Ends + "EOF")));

    [Test]
    public void OfReading_SystemError_NamesIt() =>
        Assert.That(
            StreamFailure.OfReading(Wrapped(SocketError.ConnectionReset), Local, Server),
            Is.EqualTo(Lost("read " + Ends + "read: connection reset by peer")));

    [Test]
    public void OfWriting_SystemError_NamesIt() =>
        Assert.That(
            StreamFailure.OfWriting(Wrapped(SocketError.Shutdown), Local, Server),
            Is.EqualTo(Lost("write " + Ends + "write: broken pipe")));

    [Test]
    public void OfReading_AlertOfTheOtherSide_IsInsecure() =>
        Assert.That(
            StreamFailure.OfReading(new IOException("see inside", new CryptoFault("certificate required")), Local, Server),
            Is.EqualTo(new UpstreamEnd(UpstreamOutcome.InsecureConnection, "tls: certificate required")));

    [Test]
    public void OfReading_HandshakeThatIsNone_IsInsecure() =>
        Assert.That(
            StreamFailure.OfReading(new AuthenticationException("no frame"), Local, Server),
            Is.EqualTo(new UpstreamEnd(UpstreamOutcome.InsecureConnection, "tls: no frame")));

    private static UpstreamEnd Lost(string error) => new(UpstreamOutcome.ConnectionLost, error);

    private static IOException Wrapped(SocketError error) => new("see inside", new SocketException((int)error));

    private sealed class CryptoFault(string message) : Exception(message);
}
