using ClusterDns.Plugins.Log;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Log;

[TestFixture]
internal sealed class LogDirectiveTests
{
    [TestCase("log", ".")]
    [TestCase("log .", ".")]
    [TestCase("log Example.ORG", "example.org.")]
    [TestCase("log example.org. example.net", "example.org. example.net.")]
    [TestCase("log example.org {combined}", "example.org.")]
    [TestCase("log \"{name}\"", "{name}.")]
    public void Parse_Names_AreScopesAndALastFormatIsNone(string line, string scopes) =>
        Assert.That(
            string.Join(' ', LogDirective.Parse(PluginFixture.ParseOne(line)).Select(rule => rule.Scope)),
            Is.EqualTo(scopes));

    [TestCase("log", ReplyClasses.All)]
    [TestCase("log {\n class denial\n}", ReplyClasses.Denial)]
    [TestCase("log {\n class denial error\n}", ReplyClasses.Denial | ReplyClasses.Error)]
    [TestCase("log {\n class denial\n class success\n}", ReplyClasses.Denial | ReplyClasses.Success)]
    [TestCase("log {\n class success all\n}", ReplyClasses.All)]
    public void Parse_Classes_AddUp(string line, ReplyClasses classes) =>
        Assert.That(LogDirective.Parse(PluginFixture.ParseOne(line))[0].Classes, Is.EqualTo(classes));

    [TestCase("log {\n class\n}", 3, "Wrong argument count or unexpected line ending after 'class'")]
    [TestCase("log {\n class abc\n}", 3, "invalid Class: abc")]
    [TestCase("log {\n unknown\n}", 3, "unknown property 'unknown'")]
    [TestCase("log a..b", 2, "not a domain name: 'a..b'")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(LogDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));
}
