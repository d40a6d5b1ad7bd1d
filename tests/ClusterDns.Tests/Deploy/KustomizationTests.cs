using System.Text.RegularExpressions;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>What a kustomization.yaml names is there, and a manifest is named by one.</summary>
[TestFixture]
internal sealed partial class KustomizationTests
{
    private static IEnumerable<string> Kustomizations => DeployFolder.Kustomizations;

    [TestCaseSource(nameof(Kustomizations))]
    public void Kustomization_EverythingItNames_IsThere(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        var manifest = new DeployedObject(YamlText.ReadAll(DeployFolder.Read(path)).Single());
        var named = manifest.Texts("resources").Concat(manifest.Texts("components"))
            .Concat(manifest.Parts("configMapGenerator").SelectMany(map => map.Texts("files")))
            .Concat(ComponentsToUncomment(path));

        Assert.That(manifest.Texts("resources").Count() + manifest.Parts("patches").Count(), Is.Positive, $"{path} does something");
        foreach (var name in named)
        {
            var target = Path.Combine(DeployFolder.Root, folder, name);
            Assert.That(File.Exists(target) || File.Exists(Path.Combine(target, "kustomization.yaml")), $"{path} names {name}");
        }
    }

    [TestCaseSource(nameof(Kustomizations))]
    public void Kustomization_EveryManifestBesideIt_IsNamed(string path)
    {
        var folder = Path.GetDirectoryName(DeployFolder.PathOf(path))!;
        var manifest = new DeployedObject(YamlText.ReadAll(DeployFolder.Read(path)).Single());

        Assert.That(
            Directory.EnumerateFiles(folder, "*.yaml").Select(Path.GetFileName).Where(name => name is not ("kustomization.yaml" or DeployFolder.Rules)),
            Is.SubsetOf(manifest.Texts("resources")));
    }

    [Test]
    public void Components_ThatThereAre_AreAllOffered()
    {
        var folders = Directory.EnumerateDirectories(DeployFolder.PathOf("components"))
            .Select(folder => $"components/{Path.GetFileName(folder)}");

        Assert.That(ComponentsToUncomment("kustomization.yaml"), Is.EquivalentTo(folders));
    }

    [TestCaseSource(nameof(Kustomizations))]
    public void Kustomization_WithAPatch_TargetsAnObjectOfTheBase(string path)
    {
        var inBase = DeployFolder.Manifests.Where(file => file.StartsWith("base/", StringComparison.Ordinal))
            .SelectMany(DeployFolder.Objects).Select(manifest => manifest.ToString()).ToArray();
        var manifest = new DeployedObject(YamlText.ReadAll(DeployFolder.Read(path)).Single());

        foreach (var patch in manifest.Parts("patches"))
        {
            Assert.That(inBase, Has.One.EqualTo($"{patch.Text("target.kind")}/{patch.Text("target.name")}"));
        }
    }

    [TestCase("components/snapshot/kustomization.yaml")]
    [TestCase("README.md")]
    public void Snapshot_LineForTheCorefile_LeadsIntoWhatTheComponentMounts(string path)
    {
        var patch = DeployFolder.Read("components/snapshot/kustomization.yaml");
        var mount = patch.Split('\n').Single(line => line.Contains("mountPath: ", StringComparison.Ordinal)).Split(' ')[^1];

        Assert.That(DeployFolder.Read(path), Does.Contain($"snapshot {mount}/names"));
    }

    private static IEnumerable<string> ComponentsToUncomment(string path) =>
        CommentedEntry().Matches(DeployFolder.Read(path)).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^#  - (components/\S+)$", RegexOptions.Multiline)]
    private static partial Regex CommentedEntry();
}
