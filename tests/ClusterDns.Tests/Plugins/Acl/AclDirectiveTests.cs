using ClusterDns.Plugins.Acl;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Acl;

[TestFixture]
internal sealed class AclDirectiveTests
{
    [TestCase("acl {\n deny net 10.0.0.0/8\n}", 3, "unexpected token \"deny\"; expect 'allow', 'block', 'filter' or 'drop'")]
    [TestCase("acl {\n block from 10.0.0.0/8\n}", 3, "unexpected token \"from\"; expect 'type | net'")]
    [TestCase("acl {\n block type\n}", 3, "no token specified in \"type\" section")]
    [TestCase("acl {\n block net type A\n}", 3, "no token specified in \"net\" section")]
    [TestCase("acl {\n allow\n block type ABC\n}", 4, "unexpected token \"ABC\"; expect legal QTYPE")]
    [TestCase("acl {\n block type TYPE65536\n}", 3, "unexpected token \"TYPE65536\"; expect legal QTYPE")]
    [TestCase("acl {\n block net 10.0.0.0/33\n}", 3, "illegal CIDR notation \"10.0.0.0/33\"")]
    [TestCase("acl {\n block net 10.0.0\n}", 3, "illegal CIDR notation \"10.0.0\"")]
    [TestCase("acl {\n block net fe80::1%eth0\n}", 3, "illegal CIDR notation \"fe80::1%eth0\"")]
    [TestCase("acl {\n block type A {\n }\n}", 3, "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(AclDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public void Parse_NoZone_IsAMistake() =>
        Assert.That(PluginFixture.ErrorOf(AclDirective.Descriptor, "acl .."), Does.StartWith("Corefile:2 - Error during parsing: "));
}
