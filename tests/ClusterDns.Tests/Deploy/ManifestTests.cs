using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>Every manifest is what the API server takes.</summary>
[TestFixture]
internal sealed class ManifestTests
{
    private static IEnumerable<string> Manifests => DeployFolder.Manifests;

    [TestCaseSource(nameof(Manifests))]
    public void Manifest_ReadStrictly_HasNoMistake(string path)
    {
        var manifests = DeployFolder.Objects(path);

        Assert.That(manifests, Is.Not.Empty);
        Assert.That(
            manifests.Where(manifest => !KubernetesModels.ForeignKinds.Contains(manifest.Kind)).Select(KubernetesModels.MistakeIn),
            Is.All.Null);
    }

    [TestCase("spec: { replica: 2 }", "'replica' could not be mapped")]
    [TestCase("spec: { replicas: two }", "could not be converted")]
    [TestCase("spec: { template: { spec: { containers: [{ livenessProbe: { httpGet: { paths: / } } }] } } }", "'paths'")]
    [TestCase("metadata: { labels: { critical: true } }", "could not be converted")]
    public void Mistake_InAManifest_IsFound(string yaml, string expected)
    {
        var manifest = DeployedObject.ReadAll($"apiVersion: apps/v1\nkind: Deployment\n{WithName(yaml)}").Single();

        Assert.That(KubernetesModels.MistakeIn(manifest), Does.Contain(expected));
    }

    [Test]
    public void Kind_ThatTheVersionDoesNotHave_IsFound()
    {
        var manifest = DeployedObject.ReadAll("apiVersion: v1\nkind: Deployment\nmetadata: { name: example }").Single();

        Assert.That(KubernetesModels.MistakeIn(manifest), Is.EqualTo("Deployment/example: no kind Deployment in v1"));
    }

    private static string WithName(string yaml) =>
        yaml.StartsWith("metadata: {", StringComparison.Ordinal)
            ? yaml.Replace("metadata: {", "metadata: { name: example,", StringComparison.Ordinal)
            : $"metadata: {{ name: example }}\n{yaml}";
}
