using ClusterDns.Corefile;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.EndToEndTests.Deploy;

/// <summary>What holds for every rendering, whoever rendered it.</summary>
internal static class DeployExpectations
{
    public static DeployedObject One(this IEnumerable<DeployedObject> objects, string kindAndName) =>
        objects.Single(manifest => manifest.ToString() == kindAndName);

    /// <summary>Valid objects, each there once, of which every one that names another finds it.</summary>
    public static void AssertWhole(IReadOnlyList<DeployedObject> objects)
    {
        var names = objects.Select(manifest => manifest.ToString()).ToArray();

        Assert.That(names, Is.Unique.And.Not.Empty);
        Assert.That(
            objects.Where(manifest => !KubernetesModels.ForeignKinds.Contains(manifest.Kind)).Select(KubernetesModels.MistakeIn),
            Is.All.Null);
        foreach (var workload in objects.Where(manifest => manifest.Kind is "Deployment" or "DaemonSet"))
        {
            var volumes = workload.Parts("spec.template.spec.volumes");
            Assert.That(workload.Map("spec.selector.matchLabels"), Is.SubsetOf(workload.Map("spec.template.metadata.labels")));
            Assert.That(names, Does.Contain($"ServiceAccount/{workload.Text("spec.template.spec.serviceAccountName")}"));
            Assert.That(
                volumes.Where(volume => volume.At("configMap.name") is not null && volume.At("configMap.optional") is null)
                    .Select(volume => $"ConfigMap/{volume.Text("configMap.name")}"),
                Is.SubsetOf(names));
            Assert.That(
                workload.Parts("spec.template.spec.containers").SelectMany(container => container.Parts("volumeMounts"))
                    .Select(mount => mount.Text("name")),
                Is.SubsetOf(volumes.Select(volume => volume.Text("name"))));
        }

        foreach (var binding in objects.Where(manifest => manifest.Kind is "ClusterRoleBinding" or "RoleBinding"))
        {
            Assert.That(names, Does.Contain($"{binding.Text("roleRef.kind")}/{binding.Text("roleRef.name")}"));
            Assert.That(names, Does.Contain($"ServiceAccount/{binding.Text("subjects[0].name")}"));
        }
    }

    /// <summary>What a rendered Corefile says, one line for each key, directive and property.</summary>
    public static IReadOnlyList<string> Notation(string corefile)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(folder.FullName, CorefileLoader.DefaultPath);
            File.WriteAllText(path, corefile);
            var names = DirectiveNames(corefile);
            var document = new CorefileLoader(new DiskFiles(), _ => null, names).LoadFile(path);
            return [.. document.Blocks.SelectMany(block => block.Keys.Select(key => key.Text).Concat(Lines(block.Directives, "  ")))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Which plugins there are is not the question here: every first word of a line is taken for one.
    private static string[] DirectiveNames(string corefile) =>
    [
        .. corefile.Split('\n').Select(line => line.Trim().Split(' ')[0])
            .Where(word => word.Length > 0 && word.All(char.IsAsciiLetterOrDigit)).Distinct(),
    ];

    private static IEnumerable<string> Lines(IEnumerable<Directive> directives, string indent) =>
        directives.SelectMany(directive => Lines(directive.Properties, indent + "  ")
            .Prepend($"{indent}{string.Join(' ', directive.Arguments.Select(argument => argument.Text).Prepend(directive.Name))}"));
}
