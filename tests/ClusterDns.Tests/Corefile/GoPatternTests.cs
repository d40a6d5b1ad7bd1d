using ClusterDns.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Corefile;

[TestFixture]
internal sealed class GoPatternTests
{
    [TestCase(".* i/o timeout$", "read udp 10.0.0.1:53: i/o timeout")]
    [TestCase("^(?P<first>a+)b", "aaab")]
    [TestCase("^[[:alpha:]]+[[:digit:]]$", "abc7")]
    [TestCase("^[^[:space:]]+$", "nothing")]
    public void Compile_GoDialect_Matches(string pattern, string text)
    {
        Assert.That(GoPattern.TryCompile(pattern, out var compiled, out _), Is.True);
        Assert.That(compiled!.IsMatch(text), Is.True);
    }

    [TestCase("(")]
    [TestCase("a(?=b)")]
    [TestCase(@"(a)\1")]
    public void Compile_WhatRe2Refuses_IsRefused(string pattern)
    {
        Assert.That(GoPattern.TryCompile(pattern, out _, out var mistake), Is.False);
        Assert.That(mistake, Does.StartWith("error parsing regexp: "));
    }

    [Test]
    public void Compile_LongestPattern_IsTakenAndOneMoreIsNot()
    {
        var longest = $"[{new string('a', GoPattern.MaxLength - 2)}]";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GoPattern.TryCompile(longest, out _, out _), Is.True);
            Assert.That(GoPattern.TryCompile(longest + "?", out _, out var mistake), Is.False);
            Assert.That(mistake, Is.EqualTo("regex pattern too long: 10001 > 10000"));
        }
    }
}
