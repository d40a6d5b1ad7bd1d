using ClusterDns.Cli;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli;

[TestFixture]
internal sealed class CommandLineTests
{
    [Test]
    public void Parse_NoArguments_GivesTheDefaults()
    {
        Assert.That(CommandLine.Parse([]), Is.EqualTo(new CommandLine()));
    }

    [TestCase("-conf", "/etc/coredns/Corefile")]
    [TestCase("--conf", "/etc/coredns/Corefile")]
    [TestCase("-conf=/etc/coredns/Corefile")]
    public void Parse_Conf_TakesOneOrTwoDashesAndBlankOrEquals(params string[] arguments)
    {
        Assert.That(CommandLine.Parse(arguments).CorefilePath, Is.EqualTo("/etc/coredns/Corefile"));
    }

    [TestCase("-dns.port", "1053")]
    [TestCase("-p", "1053")]
    public void Parse_Port_HasTwoNames(params string[] arguments)
    {
        Assert.That(CommandLine.Parse(arguments).DefaultPort, Is.EqualTo(1053));
    }

    [Test]
    public void Parse_AllAtOnce_KeepsEach()
    {
        var line = CommandLine.Parse(["-quiet", "--manifests", "deploy/example", "-pidfile=/run/dns.pid", "-version"]);
        Assert.That(line, Is.EqualTo(new CommandLine
        {
            Quiet = true,
            ManifestPath = "deploy/example",
            PidFilePath = "/run/dns.pid",
            ShowVersion = true,
        }));
    }

    [TestCase("flag needs an argument: -conf", "-conf")]
    [TestCase("flag provided but not defined: -config", "-config")]
    [TestCase("invalid value \"70000\" for flag -p: not a port number", "-p", "70000")]
    [TestCase("extra command line arguments: [Corefile more]", "-quiet", "Corefile", "more")]
    public void Parse_Wrong_SaysWhat(string expected, params string[] arguments)
    {
        Assert.That(CommandLine.Parse(arguments).Error, Is.EqualTo(expected));
    }
}
