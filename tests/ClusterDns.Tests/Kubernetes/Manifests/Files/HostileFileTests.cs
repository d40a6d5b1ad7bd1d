using System.Text;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Manifests.Files;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests.Files;

/// <summary>Whatever stands in a file, reading it ends, and ends without an exception.</summary>
[TestFixture]
internal sealed class HostileFileTests
{
    private const string Yaml = """
        %YAML 1.2
        ---
        kind: List
        items:
        - &service {kind: Service, metadata: {name: "a\u00e9", labels: {b: 'c'}}, spec: {clusterIP: None, ports: [{port: 80}]}}
        - *service
        ...
        ---
        kind: Pod # comment
        metadata:
          name: >-
            folded
        status: {podIP: 10.0.0.1}
        """;

    private const string Json = """
        {"kind": "EndpointSliceList", "items": [
          {"metadata": {"name": "a\u00e9", "labels": {"kubernetes.io/service-name": "a"}}, "addressType": "IPv4",
           "endpoints": [{"addresses": ["10.0.0.1"], "conditions": {"ready": null}}], "ports": [{"port": 1e2}]}]}
        """;

    private readonly ManifestFileReader _reader = new(new ManifestObjectReader(keepPodNames: true, NullLogger.Instance));

    private static Gen<(int Place, int Length, string Text)[]> Edits { get; } = Gen.Select(
        Gen.Int[0, 400],
        Gen.Int[0, 3],
        Gen.OneOf(
            Gen.String[Gen.Char["\t\n\r :-?[]{}&*!|>'\"%@`#,0\\u\u0085\u2028\ufeff~.\0é"], 0, 3],
            Gen.Const("\n---\n"), Gen.Const("\\ud800"), Gen.Const("<<"), Gen.Const("null"))).Array[1, 6];

    [TestCase("f.yaml", Yaml)]
    [TestCase("f.json", Json)]
    [TestCase("f.yaml", Json)]
    public void Read_MutatedText_NeverThrows(string path, string text) =>
        Edits.Sample(edits => _reader.Read(path, Encoding.UTF8.GetBytes(Apply(text, edits)), default), iter: 5_000, threads: 1);

    [TestCase("f.yaml", Yaml)]
    [TestCase("f.json", Json)]
    public void Read_TextCutAtEveryByte_NeverThrows(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var cut = bytes.AsMemory(0, length);
            Assert.That(() => _reader.Read(path, cut, default), Throws.Nothing, $"{length} bytes");
        }
    }

    private static string Apply(string text, (int Place, int Length, string Text)[] edits)
    {
        foreach (var edit in edits)
        {
            var place = edit.Place % text.Length;
            var length = Math.Min(edit.Length, text.Length - place);
            text = string.Concat(text.AsSpan(0, place), edit.Text, text.AsSpan(place + length)) + " ";
        }

        return text;
    }
}
