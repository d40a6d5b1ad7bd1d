using ClusterDns.Kubernetes;
using ClusterDns.Kubernetes.Manifests;
using ClusterDns.Kubernetes.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace ClusterDns.Tests.Kubernetes.Manifests;

[TestFixture]
internal sealed class ManifestSourceTests
{
    [Test]
    public void Open_PathThatIsNotThere_SaysSoInASentence()
    {
        using var temp = new ManifestTemp();
        var options = new ClusterSourceOptions { ManifestPath = temp["nothing"] };

        Assert.That(
            () => ManifestSource.Open(options, TimeProvider.System, NullLogger.Instance),
            Throws.TypeOf<ClusterSourceException>().With.Message.EqualTo($"unable to read manifests: '{temp["nothing"]}' does not exist"));
    }

    [TestCase("a in ()", null)]
    [TestCase(null, "=x")]
    public void Open_SelectorThatIsNone_SaysSo(string? labels, string? namespaceLabels)
    {
        using var temp = new ManifestTemp();
        var options = new ClusterSourceOptions
        {
            ManifestPath = temp.Path,
            LabelSelector = labels,
            NamespaceLabelSelector = namespaceLabels,
        };

        Assert.That(
            () => ManifestSource.Open(options, TimeProvider.System, NullLogger.Instance),
            Throws.TypeOf<ClusterSourceException>().With.Message.Contains($"'{labels ?? namespaceLabels}'"));
    }
}
