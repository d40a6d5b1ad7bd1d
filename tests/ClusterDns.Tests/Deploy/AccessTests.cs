using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Objects;
using ClusterDns.Kubernetes.Watching;
using ClusterDns.Testing.Deploy;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>The account may do what the program does, and nothing else.</summary>
[TestFixture]
internal sealed class AccessTests
{
    private const string Manifest = "base/access.yaml";

    [Test]
    public void ClusterRole_ComparedWithTheWatches_GrantsExactlyThose()
    {
        var watched = Enum.GetValues<ResourceKind>()
            .Select(kind => ResourceTarget.Of(kind, new ClusterSourceOptions()))
            .SelectMany(target => new[] { $"{target.Group} {target.Plural} list", $"{target.Group} {target.Plural} watch" });

        Assert.That(Granted(DeployFolder.Object(Manifest, "ClusterRole")), Is.EquivalentTo(watched));
    }

    [Test]
    public void ClusterRoleBinding_Read_JoinsTheRoleToTheAccountOfTheDeployment()
    {
        var binding = DeployFolder.Object(Manifest, "ClusterRoleBinding");
        var account = DeployFolder.Object(Manifest, "ServiceAccount");
        var deployment = DeployFolder.Object("base/deployment.yaml", "Deployment");

        Assert.That(binding.Text("roleRef.name"), Is.EqualTo(DeployFolder.Object(Manifest, "ClusterRole").Name));
        Assert.That(binding.Text("subjects[0].name"), Is.EqualTo(account.Name));
        Assert.That(binding.Text("subjects[0].namespace"), Is.EqualTo(account.Text("metadata.namespace")));
        Assert.That(deployment.Text("spec.template.spec.serviceAccountName"), Is.EqualTo(account.Name));
    }

    private static IEnumerable<string> Granted(DeployedObject role) =>
        from rule in role.Parts("rules")
        from apiGroup in rule.Texts("apiGroups")
        from resource in rule.Texts("resources")
        from verb in rule.Texts("verbs")
        select $"{apiGroup} {resource} {verb}";
}
