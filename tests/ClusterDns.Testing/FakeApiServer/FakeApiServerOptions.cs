namespace ClusterDns.Testing;

/// <summary>How a fake API server is set up; what may change while it runs are properties of the server.</summary>
public sealed record FakeApiServerOptions
{
    /// <summary>Serves HTTPS, and with it HTTP/2, by this certificate.</summary>
    public FakeCertificates? Certificates { get; init; }

    /// <summary>Refuses who shows no certificate of the same authority.</summary>
    public bool RequiresClientCertificate { get; init; }
}
