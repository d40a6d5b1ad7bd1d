using ClusterDns.Corefile;
using ClusterDns.Tests.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Deploy;

/// <summary>The Corefiles that are deployed are those that clusters have today, octet for octet.</summary>
[TestFixture]
internal sealed class DeployedCorefileTests
{
    [Test]
    public void Base_Compared_IsKubeadms()
    {
        Assert.That(DeployFolder.Read("base/Corefile"), Is.EqualTo(Sample("kubeadm.Corefile")));
    }

    [Test]
    public void NodeLocal_FilledAsItsImageFillsIt_IsTheRenderedSample()
    {
        var filled = DeployFolder.Read("nodelocal/Corefile")
            .Replace("__PILLAR__CLUSTER__DNS__", "10.96.111.111")
            .Replace("__PILLAR__UPSTREAM__SERVERS__", "/etc/resolv.conf");

        Assert.That(filled, Is.EqualTo(Sample("nodelocaldns-rendered.Corefile")));
    }

    [TestCase("base/Corefile", 1)]
    [TestCase("nodelocal/Corefile", 4)]
    public void Corefile_Loaded_HasNoMistake(string path, int blocks)
    {
        var document = new CorefileLoader(new DiskFiles(), _ => null, CorefileFixture.KnownDirectives).LoadFile(DeployFolder.PathOf(path));

        Assert.That(document.Blocks, Has.Count.EqualTo(blocks));
        Assert.That(document.Warnings, Is.Empty);
    }

    // The first line of a sample names its source.
    private static string Sample(string name)
    {
        var text = SampleCorefileTests.ReadText(name);
        return text[(text.IndexOf('\n') + 1)..];
    }
}
