namespace ClusterDns.Transport.Tcp;

/// <summary>Which bound a new connection meets.</summary>
internal enum TcpAdmission : byte
{
    Admitted,

    /// <summary>The listener has as many connections as it may.</summary>
    TotalReached,

    /// <summary>The client's address has as many connections as it may.</summary>
    AddressReached,
}
