namespace ClusterDns.Testing;

/// <summary>How a query reached a <see cref="FakeUpstream"/>.</summary>
internal enum FakeProtocol
{
    Udp,
    Tcp,
    Tls,
}
