using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class DirectiveNamesTests
{
    [TestCase("forwrad", "forward")]
    [TestCase("forwards", "forward")]
    [TestCase("kubernets", "kubernetes")]
    [TestCase("Cache", "cache")]
    [TestCase("errror", "errors")]
    [TestCase("host", "hosts")]
    [TestCase("lgo", null)]
    [TestCase("lg", "log")]
    [TestCase("x", null)]
    [TestCase("", null)]
    [TestCase("proxy", null)]
    [TestCase("federation", null)]
    public void Name_Unknown_IsReportedWithTheNearestOne(string name, string? nearest)
    {
        var hint = nearest is null ? "" : $", did you mean '{nearest}'?";

        Assert.That(
            () => Require(name),
            Throws.TypeOf<CorefileException>().With.Message
                .EqualTo($"Corefile:3 - Error during parsing: Unknown directive '{name}'{hint}"));
    }

    [Test]
    public void Name_Known_IsAccepted(
        [ValueSource(typeof(CorefileFixture), nameof(CorefileFixture.KnownDirectives))] string name)
    {
        Assert.That(() => Require(name), Throws.Nothing);
    }

    private static void Require(string name) =>
        new DirectiveNames(CorefileFixture.KnownDirectives).Require(new CorefileToken(name, "Corefile", 3));
}
