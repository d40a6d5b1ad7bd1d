using System.Net;
using System.Net.Sockets;

namespace ClusterDns.Testing;

/// <summary>How a fake API server is set up; what may change while it runs are properties of the server.</summary>
public sealed record FakeApiServerOptions
{
    /// <summary>Where it listens; a free port of 127.0.0.1 unless told otherwise.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Makes its sockets, on another host for one; null for this process's own.</summary>
    public Func<Func<Socket>, Socket>? OpenSocket { get; init; }

    /// <summary>Serves HTTPS, and with it HTTP/2, by this certificate.</summary>
    public FakeCertificates? Certificates { get; init; }

    /// <summary>Refuses who shows no certificate of the same authority.</summary>
    public bool RequiresClientCertificate { get; init; }
}
