using ClusterDns.Plugins.LoadBalance;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.LoadBalance;

[TestFixture]
internal sealed class LoadBalanceDirectiveTests
{
    [TestCase("loadbalance", null, 30_000, 0)]
    [TestCase("loadbalance round_robin", null, 30_000, 0)]
    [TestCase("loadbalance round_robin {\n prefer 10.0.0.0/8 fd00::/8\n prefer 192.0.2.7/32\n}", null, 30_000, 3)]
    [TestCase("loadbalance weighted /etc/w", "/etc/w", 30_000, 0)]
    [TestCase("loadbalance weighted w {\n reload 0s\n}", "w", 0, 0)]
    [TestCase("loadbalance weighted w {\n reload 10s\n prefer 10.0.0.0/8\n}", "w", 10_000, 1)]
    [TestCase("loadbalance weighted w {\n reload 1us\n}", "w", 100, 0)]
    public void Parse_PolicyAndProperties_OrDefaults(string line, string? file, int milliseconds, int networks)
    {
        var options = LoadBalanceDirective.Parse(PluginFixture.ParseOne(line));

        Assert.That(
            (options.WeightFile, options.Reload, options.Preferred.Count),
            Is.EqualTo((file, TimeSpan.FromMilliseconds(milliseconds), networks)));
    }

    [TestCase("loadbalance fleeb", 2, "unknown policy: fleeb")]
    [TestCase("loadbalance round_robin x", 2, "unknown property for round_robin")]
    [TestCase("loadbalance weighted", 2, "missing weight file argument")]
    [TestCase("loadbalance weighted a b", 2, "unexpected argument(s)")]
    [TestCase("loadbalance {\n reload 5s\n}", 3, "unknown property 'reload'")]
    [TestCase("loadbalance {\n limit 5\n}", 3, "unknown property 'limit'")]
    [TestCase("loadbalance weighted w {\n reload\n}", 3, "Wrong argument count or unexpected line ending after 'reload'")]
    [TestCase("loadbalance weighted w {\n reload -1s\n}", 3, "invalid reload duration '-1s'")]
    [TestCase("loadbalance weighted w {\n reload 1000h\n}", 3, "invalid reload duration '1000h'")]
    [TestCase("loadbalance {\n prefer 10.0.0.0\n}", 3, "invalid CIDR \"10.0.0.0\": invalid CIDR address: 10.0.0.0")]
    [TestCase("loadbalance {\n prefer 10.0.0.0/33\n}", 3, "invalid CIDR \"10.0.0.0/33\": invalid CIDR address: 10.0.0.0/33")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(LoadBalanceDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public void SetUp_WeightFileThatSaysNonsense_IsAMistakeOfTheCorefile()
    {
        using var file = new WeightFileOnDisk("example.org\n10.0.0.1 0\n");

        Assert.That(
            PluginFixture.ErrorOf(LoadBalanceDirective.Descriptor, $"loadbalance weighted {file.Path}"),
            Is.EqualTo($"Corefile:2 - Error during parsing: wrong weight value: \"0\" in weight file {file.Path}, line 2"));
    }

    [Test]
    public void SetUp_WeightFileMissingAndNeverLookedForAgain_IsAMistake()
    {
        using var file = new WeightFileOnDisk(null);

        Assert.That(
            PluginFixture.ErrorOf(LoadBalanceDirective.Descriptor, $"loadbalance weighted {file.Path} {{\n reload 0s\n}}"),
            Does.StartWith($"Corefile:2 - Error during parsing: weight file {file.Path} cannot be read: "));
    }
}
