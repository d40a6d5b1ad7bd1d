using ClusterDns.Kubernetes.Objects;
using NUnit.Framework;
using static ClusterDns.Tests.Kubernetes.Zone.TestObjects;

namespace ClusterDns.Tests.Kubernetes.Zone;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PodWriterTests
{
    private readonly ZoneUnderTest _zone = new();

    public PodWriterTests() => _zone.Apply(Namespace("shop"), Namespace("other"));

    [Test]
    public void Pod_Put_IsKnownInItsNamespaceOnly()
    {
        _zone.Apply(Pod("shop/web-0", "10.0.0.1"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(HasPod("shop", "10.0.0.1"), Is.True);
            Assert.That(HasPod("other", "10.0.0.1"), Is.False);
            Assert.That(HasPod("shop", "10.0.0.2"), Is.False);
            Assert.That(Client("10.0.0.1"), Is.EqualTo("shop/web-0"));
            Assert.That(_zone.Zone.PodCount, Is.EqualTo(1));
        }
    }

    [Test]
    public void Pod_OtherAddress_IsNotKnown()
    {
        _zone.Apply(ClusterChange.Put(new PodRecord(Key("shop/web-0"), Address("10.0.0.1"), Address("fd00::1"), false)));

        Assert.That(HasPod("shop", "fd00::1"), Is.False);
    }

    [Test]
    public void Client_OfASecondAddress_IsKnown()
    {
        _zone.Apply(ClusterChange.Put(new PodRecord(Key("shop/web-0"), Address("10.0.0.1"), Address("fd00::1"), false)));

        Assert.That(Client("fd00::1"), Is.EqualTo("shop/web-0"));
    }

    [Test]
    public void Client_OnItsNodesAddress_IsNobody()
    {
        _zone.Apply(ClusterChange.Put(new PodRecord(Key("shop/agent"), Address("192.0.2.1"), null, true)));

        Assert.That(Client("192.0.2.1"), Is.Null);
        Assert.That(HasPod("shop", "192.0.2.1"), Is.True);
    }

    [Test]
    public void Client_AddressOfTwoPods_IsNobodyUntilOneGoes()
    {
        _zone.Apply(Pod("shop/web-0", "10.0.0.1"), Pod("other/web-1", "10.0.0.1"));
        Assert.That(Client("10.0.0.1"), Is.Null);

        _zone.Apply(ClusterChange.Remove(ResourceKind.Pod, Key("shop/web-0")));
        Assert.That(Client("10.0.0.1"), Is.EqualTo("other/web-1"));
    }

    [Test]
    public void Pod_ThatBecomesHostNetwork_IsWrittenAgainWithoutANewSerial()
    {
        var pod = new PodRecord(Key("shop/web-0"), Address("10.0.0.1"), null, false);
        _zone.Apply(ClusterChange.Put(pod));
        var serial = _zone.Zone.Serial;
        _zone.Apply(ClusterChange.Put(pod with { IsHostNetwork = true }));

        Assert.That(Client("10.0.0.1"), Is.Null);
        Assert.That(_zone.Zone.Serial, Is.EqualTo(serial));
    }

    [Test]
    public void Pod_WithIPv6Address_IsNotTakenForIPv4()
    {
        _zone.Apply(Pod("shop/web-0", "::a00:1"));

        Assert.That(HasPod("shop", "::a00:1"), Is.True);
        Assert.That(HasPod("shop", "10.0.0.1"), Is.False);
    }

    [Test]
    public void Pod_WithNewAddress_LosesTheOldOne()
    {
        _zone.Apply(Pod("shop/web-0", "10.0.0.1"), Pod("shop/web-0", "10.0.0.2"));

        Assert.That(HasPod("shop", "10.0.0.1"), Is.False);
        Assert.That(HasPod("shop", "10.0.0.2"), Is.True);
        Assert.That(_zone.Zone.PodCount, Is.EqualTo(1));
    }

    [Test]
    public void Pods_OfOneNode_ShareItsAddress()
    {
        _zone.Apply(Pod("shop/proxy", "192.0.2.1"), Pod("shop/agent", "192.0.2.1"), Pod("other/agent", "192.0.2.1"));

        _zone.Apply(Remove(ResourceKind.Pod, "shop/proxy"));
        Assert.That(HasPod("shop", "192.0.2.1"), Is.True);

        _zone.Apply(Remove(ResourceKind.Pod, "shop/agent"));
        Assert.That(HasPod("shop", "192.0.2.1"), Is.False);
        Assert.That(HasPod("other", "192.0.2.1"), Is.True);
    }

    [Test]
    public void Pod_NotInAList_IsSwept()
    {
        _zone.Apply(Pod("shop/a", "10.0.0.1"), Pod("shop/b", "10.0.0.2"));

        _zone.Relist(ResourceKind.Pod, Pod("shop/b", "10.0.0.2"));

        Assert.That(HasPod("shop", "10.0.0.1"), Is.False);
        Assert.That(HasPod("shop", "10.0.0.2"), Is.True);
        Assert.That(_zone.Zone.PodCount, Is.EqualTo(1));
    }

    private string? Client(string address) => _zone.Zone.TryFindClient(Address(address), out var pod)
        ? $"{ZoneText.Ascii(pod.Namespace.Label)}/{ZoneText.Ascii(pod.Name)}"
        : null;

    private bool HasPod(string parent, string address) =>
        _zone.Zone.HasPod(_zone.Zone.FindNamespace(System.Text.Encoding.ASCII.GetBytes(parent))!, Address(address));
}
