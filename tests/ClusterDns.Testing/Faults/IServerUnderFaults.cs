using System.Net;

namespace ClusterDns.Testing.Faults;

/// <summary>The server that a fault meets: in this process, or a binary in its own.</summary>
public interface IServerUnderFaults
{
    /// <summary>Begins anew with or without what an earlier run has kept.</summary>
    /// <param name="apiServer">What it takes for the API server.</param>
    /// <param name="fault">What is going to happen.</param>
    /// <param name="keepsSnapshot">A snapshot that is there is kept.</param>
    Task<IPEndPoint> StartAsync(FaultProxy apiServer, FaultCase fault, bool keepsSnapshot);

    /// <summary>Ends it as a SIGTERM does.</summary>
    Task StopAsync();
}
