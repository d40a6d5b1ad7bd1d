namespace ClusterDns.Testing.Faults;

/// <summary>Where headless Services of the namespace <see cref="FaultNames.Space"/> are made and taken away, behind the proxy.</summary>
public interface IFaultyCluster
{
    /// <summary>The API server over plain HTTP.</summary>
    Uri Url { get; }

    /// <summary>Makes a Service with one endpoint, or gives it another.</summary>
    Task PutAsync(string name, string address);

    /// <summary>Nothing happens where there is no such Service.</summary>
    Task DeleteAsync(string name);
}
