using ClusterDns.Plugins.Rewrite;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

[TestFixture]
internal sealed class RewriteDirectiveTests
{
    [TestCase("rewrite", "no rule type specified for rewrite")]
    [TestCase("rewrite {\n}", "no rule type specified for rewrite")]
    [TestCase("rewrite stop", "no rule type specified for rewrite stop")]
    [TestCase("rewrite continue {\n}", "no rule type specified for rewrite continue")]
    [TestCase("rewrite size a b", "invalid rule type \"size\"")]
    [TestCase("rewrite stop answer name a b", "response rewrites must begin with a name rule")]
    [TestCase("rewrite name a", "too few arguments for a name rule")]
    [TestCase("rewrite name inexact a b", "name rule supports only exact, prefix, suffix, substring, and regex name matching, received: inexact")]
    [TestCase("rewrite name regex a( b", "invalid regex matching pattern: a(")]
    [TestCase("rewrite name regex (a)(?=b) b", "invalid regex matching pattern: (a)(?=b)")]
    [TestCase("rewrite name regex (a)(b) {1}{2}{3}", "the rewrite regex pattern ({1}{2}{3}) uses more subexpressions than its corresponding matching regex pattern ((a)(b))")]
    [TestCase("rewrite name exact a b c", "exceeded the number of arguments for a non-answer rule argument for exact name rule")]
    [TestCase("rewrite name exact a b answer", "type missing for answer rule for exact name rule")]
    [TestCase("rewrite name exact a b answer size", "invalid type \"size\" for answer rule for exact name rule")]
    [TestCase("rewrite name regex a b answer name x", "name answer rule for regex name rule: 2 arguments required")]
    [TestCase("rewrite name regex a b answer value x {1}", "value answer rule for regex name rule: the rewrite regex pattern ({1}) uses more subexpressions than its corresponding matching regex pattern (x)")]
    [TestCase("rewrite name regex a b answer value ( x", "value answer rule for regex name rule: invalid regex matching pattern: (")]
    [TestCase("rewrite name suffix a b answer auto answer name x y", "auto name answer rule cannot be combined with explicit name answer rules")]
    [TestCase("rewrite type A", "type rules must have exactly two arguments")]
    [TestCase("rewrite type A AAAA MX", "type rules must have exactly two arguments")]
    [TestCase("rewrite type A nonsense", "invalid type \"nonsense\"")]
    [TestCase("rewrite type A,NS AAAA", "invalid type \"A,NS\"")]
    [TestCase("rewrite type 1 AAAA", "invalid type \"1\"")]
    [TestCase("rewrite class IN", "class rules must have exactly two arguments")]
    [TestCase("rewrite class IN XX", "invalid class \"XX\"")]
    [TestCase("rewrite ttl a", "too few (1) arguments for a ttl rule")]
    [TestCase("rewrite ttl exact a 5 6", "too many (4) arguments for a ttl rule")]
    [TestCase("rewrite ttl a -", "invalid TTL '-' for a ttl rule")]
    [TestCase("rewrite ttl a 9-5", "invalid TTL '9-5' for a ttl rule")]
    [TestCase("rewrite ttl a 5-6-7", "invalid TTL '5-6-7' for a ttl rule")]
    [TestCase("rewrite ttl a five", "invalid TTL 'five' for a ttl rule")]
    [TestCase("rewrite ttl a \"\"", "invalid TTL '' for a ttl rule")]
    [TestCase("rewrite ttl a 4294967296", "invalid TTL '4294967296' for a ttl rule")]
    [TestCase("rewrite ttl like a 5", "ttl rule supports only exact, prefix, suffix, substring, and regex name matching")]
    [TestCase("rewrite ttl regex ( 5", "invalid regex pattern in a ttl rule: (")]
    [TestCase("rewrite rcode a 2", "too few (2) arguments for a rcode rule")]
    [TestCase("rewrite rcode exact a 2 3 4", "too many (5) arguments for a rcode rule")]
    [TestCase("rewrite rcode a BAD NOERROR", "invalid matching RCODE 'BAD' for a rcode rule")]
    [TestCase("rewrite rcode a SERVFAIL 24", "invalid replacement RCODE '24' for a rcode rule")]
    [TestCase("rewrite rcode like a 2 3", "rcode rule supports only exact, prefix, suffix, substring, and regex name matching")]
    [TestCase("rewrite rcode regex ( 2 3", "invalid regex pattern in a rcode rule: (")]
    [TestCase("rewrite cname a", "too few (1) arguments for a cname rule")]
    [TestCase("rewrite cname exact a b c", "too many (4) arguments for a cname rule")]
    [TestCase("rewrite cname like a b", "unknown cname rewrite type: like")]
    [TestCase("rewrite cname regex ( b", "invalid regex matching pattern: (")]
    [TestCase("rewrite edns0 local", "too few arguments for an EDNS0 rule")]
    [TestCase("rewrite edns0 local put 1 2", "invalid action: \"put\"")]
    [TestCase("rewrite edns0 cookie set 1 2", "invalid rule type \"cookie\"")]
    [TestCase("rewrite edns0 local set 0xffee", "EDNS0 local rules require exactly three args")]
    [TestCase("rewrite edns0 local set 65536 a", "'65536' is not the code of an EDNS0 option")]
    [TestCase("rewrite edns0 local set 0x a", "'0x' is not the code of an EDNS0 option")]
    [TestCase("rewrite edns0 local set 0xffee 0xabc", "'0xabc' is not hexadecimal")]
    [TestCase("rewrite edns0 local set 0xffee {qclass}", "unsupported variable name \"{qclass}\"")]
    [TestCase("rewrite edns0 local unset", "EDNS0 local unset action requires exactly two arguments")]
    [TestCase("rewrite edns0 local unset 1 2", "EDNS0 local unset action requires exactly two arguments")]
    [TestCase("rewrite edns0 nsid set 1", "EDNS0 NSID rules do not accept args")]
    [TestCase("rewrite edns0 subnet set 24", "EDNS0 subnet rules require exactly three args")]
    [TestCase("rewrite edns0 subnet set 33 56", "invalid IPv4 bit mask length 33")]
    [TestCase("rewrite edns0 subnet set 24 129", "invalid IPv6 bit mask length 129")]
    [TestCase("rewrite edns0 subnet unset 24 56", "EDNS0 subnet unset action accepts no arguments")]
    [TestCase("rewrite name a b {\n answer auto\n}", "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string lines, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(RewriteDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:2 - Error during parsing: {text}"));

    [Test]
    public void Parse_OptionLargerThanItsBound_IsAMistake() =>
        Assert.That(
            PluginFixture.ErrorOf(RewriteDirective.Descriptor, $"rewrite edns0 local set 1 {new string('a', 1025)}"),
            Does.EndWith(" - Error during parsing: an EDNS0 option of more than 1024 octets"));
}
