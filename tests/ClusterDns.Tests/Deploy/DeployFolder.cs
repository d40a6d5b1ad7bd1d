using ClusterDns.Testing;
using ClusterDns.Testing.Deploy;

namespace ClusterDns.Tests.Deploy;

/// <summary>The files of deploy/ by their path in it, like <c>base/deployment.yaml</c>.</summary>
internal static class DeployFolder
{
    /// <summary>The file for a Prometheus without the operator.</summary>
    public const string Rules = "rules.yaml";

    private const string Name = "deploy";

    public static string Root => RepositoryFiles.PathOf(Name);

    /// <summary>Objects as they are applied: everything but the chart, kustomize's own files and what Prometheus reads itself.</summary>
    public static IEnumerable<string> Manifests => Files("*.yaml").Where(path =>
        !path.StartsWith("chart/", StringComparison.Ordinal) && Path.GetFileName(path) is not ("kustomization.yaml" or Rules));

    public static IEnumerable<string> Kustomizations => Files("kustomization.yaml");

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => RepositoryFiles.Read($"{Name}/{path}");

    public static IReadOnlyList<DeployedObject> Objects(string path) => DeployedObject.ReadAll(Read(path));

    /// <summary>The only object of a kind in a file.</summary>
    public static DeployedObject Object(string path, string kind) => Objects(path).Single(manifest => manifest.Kind == kind);

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Order(StringComparer.Ordinal);
}
