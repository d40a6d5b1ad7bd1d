using ClusterDns.Testing;

namespace ClusterDns.Tests.Cli.Explaining;

/// <summary>A kubeconfig in a folder of its own, until it is disposed.</summary>
internal sealed class KubeconfigFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clusterdns-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "kubeconfig");

    /// <summary>For a server, with its token if it asks for one. Gives the path.</summary>
    public string Write(FakeApiServer server) => Write(FakeKubeconfig.Of(server.Url.ToString(), server.RequiredToken ?? "letmein"));

    public string Write(string text)
    {
        File.WriteAllText(Path, text);
        return Path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
