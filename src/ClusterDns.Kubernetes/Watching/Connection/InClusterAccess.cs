namespace ClusterDns.Kubernetes.Watching.Connection;

/// <summary>What a pod is given to reach the API server: two variables and the service account's files.</summary>
internal sealed record InClusterAccess(string? Host, string? Port, string Directory)
{
    private const string ServiceAccountDirectory = "/var/run/secrets/kubernetes.io/serviceaccount";

    public string TokenPath => Path.Combine(Directory, "token");

    public string AuthorityPath => Path.Combine(Directory, "ca.crt");

    public static InClusterAccess FromProcess() => new(
        Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"),
        Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"),
        ServiceAccountDirectory);
}
