namespace ClusterDns.Transport.Tcp;

/// <summary>Whether a new connection may stay.</summary>
internal enum TcpAdmission : byte
{
    Admitted,

    /// <summary>The listener has as many connections as it may.</summary>
    TotalReached,

    /// <summary>The client's address has as many connections as it may.</summary>
    AddressReached,
}
