using System.Net.Sockets;

namespace ClusterDns.Transport.Udp;

/// <summary>What one worker is made of; everything but its socket and number is the listener's.</summary>
/// <param name="Index">Number of the worker, from 0.</param>
/// <param name="Socket">Bound socket of its own; the worker closes it.</param>
/// <param name="Bound">The address that the socket is bound to.</param>
/// <param name="Handler">Who takes the packets.</param>
/// <param name="Options">The listener's options.</param>
/// <param name="Time">The clock.</param>
/// <param name="Failures">Where failures are told.</param>
/// <param name="Stopping">Set when the listener is to stop.</param>
internal sealed record UdpWorkerContext(
    int Index,
    Socket Socket,
    TransportAddress Bound,
    IPacketHandler Handler,
    UdpOptions Options,
    TimeProvider Time,
    FailureLog Failures,
    ManualResetEventSlim Stopping);
