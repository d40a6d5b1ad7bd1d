using ClusterDns.Plugins.Template;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Template;

[TestFixture]
internal sealed class NamePatternTests
{
    // Groups in the order of their parentheses, as NAME=TEXT.
    [TestCase("(?P<a>x)(y)", "xy", "=xy a=x =y")]
    [TestCase("(x)(?P<a>y)(z)", "xyz", "=xyz =x a=y =z")]
    [TestCase("(?<a>x)(?:y)(?i:Z)(w)", "xyzw", "=xyzw a=x =w")]
    [TestCase(@"\((x)", "(x", "=(x =x")]
    [TestCase("[(](x)", "(x", "=(x =x")]
    [TestCase("[]()](x)", ")x", "=)x =x")]
    [TestCase(@"[\](]([[:alpha:](])", "](", "=]( =(")]
    [TestCase("a|(b)", "a", "=a =")]
    [TestCase("((?P<in>x)y)", "xy", "=xy =xy in=x")]
    public void Groups_OfAPattern_AreNumberedFromLeftToRight(string text, string name, string expected)
    {
        Assert.That(NamePattern.TryParse(text, out var pattern, out var mistake), Is.True, mistake);
        var match = pattern!.Match(name)!;
        Assert.That(pattern.GroupNames.Zip(match, (group, value) => $"{group}={value}"), Is.EqualTo(expected.Split(' ')));
    }

    [Test]
    public void Match_OfAnotherName_IsNull()
    {
        NamePattern.TryParse("^x$", out var pattern, out _);
        Assert.That(pattern!.Match("y"), Is.Null);
    }

    [TestCase("(")]
    [TestCase("(?P<a")]
    [TestCase("(?P<>x)")]
    [TestCase("[")]
    [TestCase("x\\")]
    [TestCase("(?=x)")]
    public void Pattern_ThatIsNone_IsRefused(string text)
    {
        Assert.That(NamePattern.TryParse(text, out _, out var mistake), Is.False);
        Assert.That(mistake, Does.StartWith("error parsing regexp: "));
    }

    [Test]
    public void Pattern_TooLong_IsRefused() =>
        Assert.That(NamePattern.TryParse(new string('x', 10_001), out _, out _), Is.False);
}
