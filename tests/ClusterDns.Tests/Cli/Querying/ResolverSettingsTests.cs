using ClusterDns.Cli.Querying;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Querying;

[TestFixture]
internal sealed class ResolverSettingsTests
{
    [Test]
    public void Parse_FileOfAPod_HasItsServerSearchListAndDots()
    {
        var settings = ResolverSettings.Parse("search default.svc.cluster.local svc.cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.Servers.Select(server => server.ToString()), Is.EqualTo(["10.96.0.10"]));
            Assert.That(settings.Search.Elements.Select(name => name.ToString()), Is.EqualTo(["default.svc.cluster.local.", "svc.cluster.local."]));
            Assert.That(settings.Search.Dots, Is.EqualTo(5));
        }
    }

    [TestCase("", 1)]
    [TestCase("options ndots:x", 1)]
    [TestCase("options rotate ndots:3 timeout:1", 3)]
    [TestCase("options ndots:99", 15)]
    [TestCase("options ndots:3\noptions ndots:4", 4)]
    public void Parse_Options_LastNumberOfDotsCounts(string text, int expected)
    {
        Assert.That(ResolverSettings.Parse(text).Search.Dots, Is.EqualTo(expected));
    }

    [Test]
    public void Read_NoSuchFile_SaysNothing()
    {
        Assert.That(ResolverSettings.Read("/nonexistent/resolv.conf").Servers, Is.Empty);
    }
}
