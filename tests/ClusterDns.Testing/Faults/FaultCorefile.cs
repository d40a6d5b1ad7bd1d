namespace ClusterDns.Testing.Faults;

/// <summary>The Corefile of a server under faults, and the kubeconfig that it may need.</summary>
internal static class FaultCorefile
{
    private const string Snapshot = "names";

    /// <param name="folder">Has the snapshot, and the kubeconfig.</param>
    /// <param name="port">Where it listens; 0 for a free port.</param>
    /// <param name="apiServer">What it takes for the API server.</param>
    /// <param name="fault">What is going to happen.</param>
    /// <param name="keepsSnapshot">A snapshot that is there is kept.</param>
    public static string Prepare(string folder, int port, FaultProxy apiServer, FaultCase fault, bool keepsSnapshot)
    {
        if (!keepsSnapshot)
        {
            File.Delete(Path.Combine(folder, Snapshot));
        }

        var kubeconfig = Path.Combine(folder, "kubeconfig");
        File.WriteAllText(kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            current-context: faults
            clusters: [{name: faults, cluster: {server: "{{apiServer.Url}}"} }]
            users: [{name: faults, user: {tokenFile: "{{apiServer.TokenPath}}"} }]
            contexts: [{name: faults, context: {cluster: faults, user: faults} }]
            """);
        return $$"""
            .:{{port}} {
                bind 127.0.0.1
                root {{folder}}
                errors
                prometheus 127.0.0.1:0
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    {{(fault.HasToken ? $"kubeconfig {kubeconfig}" : $"endpoint {apiServer.Url}")}}
                    ttl 5
                    startup_timeout 3s
                    snapshot {{Snapshot}}
                }
            }

            """;
    }
}
