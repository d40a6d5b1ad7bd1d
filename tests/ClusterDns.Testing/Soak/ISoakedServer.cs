using System.Net;

namespace ClusterDns.Testing.Soak;

/// <summary>The server that is soaked: in this process, or a binary in its own.</summary>
internal interface ISoakedServer
{
    /// <summary>Starts with a Corefile in which <see cref="SoakCorefile.Port"/> and <see cref="SoakCorefile.MetricsPort"/> are to be replaced.</summary>
    Task<IPEndPoint> StartAsync(string corefile);

    /// <summary>Gives it another, which may have a mistake.</summary>
    Task ReloadAsync(string corefile);
}
