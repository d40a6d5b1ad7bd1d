using ClusterDns.Corefile;
using ClusterDns.Plugins.View;
using ClusterDns.Serving;
using ClusterDns.Tests.Plugins;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

[TestFixture]
internal sealed class ListenerAssignmentTests
{
    [Test]
    public async Task AddBlock_ZoneThatViewsShare_IsOneLineAndOneListener()
    {
        var listeners = new ListenerAssignment();
        await using var first = new PluginFixture(ViewDirective.Descriptor, "view a {\n expr do()\n }");
        await using var second = new PluginFixture(ViewDirective.Descriptor, "view b {\n expr !do()\n }");
        var keys = ServerKey.Parse(new CorefileToken("example.org:53", "Corefile", 1), 53).ToList();
        listeners.AddBlock(keys, first.Block, CorefileMistakes.Thrown);
        listeners.AddBlock(keys, second.Block, CorefileMistakes.Thrown);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listeners.Summary, Is.EqualTo(new[] { "example.org.:53" }));
            Assert.That(listeners.Plans.Single().Router.Routes.Select(route => route.View!.View), Is.EqualTo(new[] { "a", "b" }));
        }
    }
}
