namespace ClusterDns.Testing;

/// <summary>A kubeconfig for a fake API server.</summary>
public static class FakeKubeconfig
{
    /// <param name="server">Its URL, or what stands for it.</param>
    /// <param name="token">The user's.</param>
    public static string Of(string server, string token = "letmein") => $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: here, cluster: { server: "{{server}}" } }]
        users: [{name: me, user: { token: {{token}} } }]
        contexts: [{name: here, context: {cluster: here, user: me} }]
        current-context: here
        """;
}
