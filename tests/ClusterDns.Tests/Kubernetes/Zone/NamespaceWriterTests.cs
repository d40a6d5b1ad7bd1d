using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class NamespaceWriterTests
{
    private static readonly ObjectKey Shop = new("", "shop");

    private readonly ZoneUnderTest _zone = new();

    [Test]
    public void Namespace_Put_IsFound()
    {
        _zone.Apply(Namespace("shop"), Namespace("shop"));

        Assert.That(ZoneText.Ascii(_zone.Zone.FindNamespace("shop"u8)!.Label), Is.EqualTo("shop"));
        Assert.That(_zone.Zone.FindNamespace("sho"u8), Is.Null);
        Assert.That(_zone.Zone.NamespaceCount, Is.EqualTo(1));
    }

    [Test]
    public void Namespace_Removed_HidesWhatIsInItUntilItIsBack()
    {
        _zone.Apply(Namespace("shop"), Service("shop/web", "10.96.0.1"));

        _zone.Apply(ClusterChange.Remove(ResourceKind.Namespace, Shop));
        Assert.That(_zone.Zone.FindNamespace("shop"u8), Is.Null);
        Assert.That(_zone.Zone.NamespaceCount, Is.Zero);

        _zone.Apply(Namespace("shop"));
        Assert.That(_zone.Find("shop/web"), Is.Not.Null);
    }

    [Test]
    public void Namespace_RemovedWhenEmpty_IsForgotten()
    {
        _zone.Apply(Namespace("shop"), ClusterChange.Remove(ResourceKind.Namespace, Shop), ClusterChange.Remove(ResourceKind.Namespace, Shop));

        Assert.That(_zone.Zone.Tables.Namespaces.Items(), Is.Empty);
    }

    [Test]
    public void Namespace_NotInAList_IsSwept()
    {
        _zone.Apply(Namespace("shop"), Namespace("old"), Service("old/web", "10.96.0.1"));

        _zone.Relist(ResourceKind.Namespace, Namespace("shop"));

        Assert.That(_zone.Zone.FindNamespace("shop"u8), Is.Not.Null);
        Assert.That(_zone.Zone.FindNamespace("old"u8), Is.Null);
    }
}
