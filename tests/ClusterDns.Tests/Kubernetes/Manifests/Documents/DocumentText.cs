using System.Text;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Manifests.Documents;

namespace ClusterDns.Tests.Kubernetes.Manifests.Documents;

/// <summary>What became of a file's text: documents as <c>LINE JSON</c>, problems as <c>LINE! text</c>, one a line.</summary>
internal static class DocumentText
{
    private const string File = "f";

    public static string OfYaml(string yaml)
    {
        var problems = new ManifestProblems();
        return Of(YamlDocuments.Read(yaml, File, problems), problems);
    }

    public static string OfJson(string json)
    {
        var problems = new ManifestProblems();
        return Of(JsonDocuments.Read(Encoding.UTF8.GetBytes(json), File, problems), problems);
    }

    private static string Of(IEnumerable<ManifestDocument> documents, ManifestProblems problems)
    {
        var lines = documents.Select(document => $"{document.Line} {Encoding.UTF8.GetString(document.Json.Span)}").ToList();
        lines.AddRange(problems.Shown.Select(problem => $"{problem.Position.Line}! {problem.Text}"));
        return string.Join('\n', lines);
    }
}
