using ClusterDns.Plugins.Template;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Plugins.Kubernetes;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Template;

[TestFixture]
internal sealed class TemplatePluginTests
{
    private const string Documented = """
        template IN ANY example.com {
          match "example\.com\.(dc1\.example\.com\.)$"
          rcode NXDOMAIN
          authority "{{ index .Match 1 }} 60 IN SOA ns.{{ index .Match 1 }} hostmaster.{{ index .Match 1 }} (1 60 60 60 60)"
          fallthrough
        }
        template IN A example {
          match (^|[.])ip-(?P<a>[0-9]*)-(?P<b>[0-9]*)-(?P<c>[0-9]*)-(?P<d>[0-9]*)[.]example[.]$
          answer "{{ .Name }} 60 IN A {{ .Group.a }}.{{ .Group.b }}.{{ .Group.c }}.{{ .Group.d }}"
          fallthrough
        }
        template IN A hex.test {
          match "^ip0a(?P<b>[a-f0-9]{2})(?P<c>[a-f0-9]{2})(?P<d>[a-f0-9]{2})[.]hex[.]test[.]$"
          answer "{{ .Name }} 60 IN A 10.{{ parseInt .Group.b 16 8 }}.{{ parseInt .Group.c 16 8 }}.{{ parseInt .Group.d 16 8 }}"
        }
        template IN SRV full.test {
          answer "{{ .Name }} 60 IN SRV 0 5 80 {{ .Name }}"
          additional "{{ .Name }} 60 IN A 192.0.2.1"
          authority "{{ .Zone }} 60 IN NS ns.{{ .Zone }}"
        }
        template ANY ANY invalid {
          rcode NXDOMAIN
          authority "invalid. 60 {{ .Class }} SOA ns.invalid. hostmaster.invalid. (1 60 60 60 60)"
        }
        template IN A failing.test {
          rcode SERVFAIL
        }
        template IN A refused.test {
          rcode REFUSED
        }
        template ANY AAAA {
          rcode NOERROR
        }
        """;

    [TestCase("a.example.com.dc1.example.com A", "NXDOMAIN AA\n? dc1.example.com. 60 SOA ns.dc1.example.com. hostmaster.dc1.example.com. 1 60 60 60 60")]
    [TestCase("a.example.com A", "next")]
    [TestCase("X.ip-10-0-0-7.Example A", "NOERROR AA\nX.ip-10-0-0-7.Example. 60 A 10.0.0.7", TestName = "The pattern sees lower case")]
    [TestCase("ip-10-0-0-7.example MX", "next", TestName = "Another type is for the next rule")]
    [TestCase("ip-10-0-0-7.example A CH", "next", TestName = "Another class is for the next rule")]
    [TestCase("ip-10-0-0-700.example A", "failed SERVFAIL", TestName = "A record that cannot be is a failure")]
    [TestCase("ip0a7b7b7b.hex.test A", "NOERROR AA\nip0a7b7b7b.hex.test. 60 A 10.123.123.123")]
    [TestCase("other.hex.test A", "failed SERVFAIL", TestName = "No match and no fallthrough")]
    [TestCase("a.full.test SRV", "NOERROR AA\na.full.test. 60 SRV 0 5 80 a.full.test.\n? full.test. 60 NS ns.full.test.\n+ a.full.test. 60 A 192.0.2.1")]
    [TestCase("a.full.test ANY", "NOERROR AA\na.full.test. 60 SRV 0 5 80 a.full.test.\n? full.test. 60 NS ns.full.test.\n+ a.full.test. 60 A 192.0.2.1")]
    [TestCase("a.invalid A", "NXDOMAIN AA\n? invalid. 60 SOA ns.invalid. hostmaster.invalid. 1 60 60 60 60")]
    [TestCase("a.failing.test A", "failed SERVFAIL")]
    [TestCase("a.refused.test A", "REFUSED AA")]
    [TestCase("a.example.org AAAA", "NOERROR AA")]
    [TestCase("a.example.org A", "next")]
    public async Task Question_Asked_IsAnsweredByTheFirstRuleForIt(string question, string expected)
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, Documented);
        Assert.That(fixture.AskFor(question), Is.EqualTo(expected));
    }

    [TestCase("fallthrough", "b.example.org A", "NOERROR AA\nb.example.org. 3600 A 192.0.2.2")]
    [TestCase("fallthrough b.example.org", "b.example.org A", "NOERROR AA\nb.example.org. 3600 A 192.0.2.2")]
    [TestCase("fallthrough c.example.org", "b.example.org A", "failed SERVFAIL")]
    [TestCase("upstream", "b.example.org A", "failed SERVFAIL")]
    public async Task Name_ThatNoPatternMatches_GoesToTheNextRuleWithFallthrough(string option, string question, string expected)
    {
        await using var fixture = new PluginFixture(
            TemplateDirective.Descriptor,
            $"template IN A {{\n match ^a\n match ^aa\n answer \"a A 192.0.2.1\"\n {option}\n }}\n template IN A {{\n answer \"{{{{ .Name }}}} A 192.0.2.2\"\n }}");
        Assert.That(fixture.AskFor(question), Is.EqualTo(expected));
    }

    [Test]
    public async Task Record_ThatATemplateLeavesEmpty_IsLeftOut()
    {
        await using var fixture = new PluginFixture(
            TemplateDirective.Descriptor, "template IN A {\n answer \"{{ if eq .Name \\\"a.example.org.\\\" }}{{ .Name }} A 192.0.2.1{{ end }}\"\n }");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.AskFor("a.example.org A"), Is.EqualTo("NOERROR AA\na.example.org. 3600 A 192.0.2.1"));
            Assert.That(fixture.AskFor("b.example.org A"), Is.EqualTo("NOERROR AA"));
        }
    }

    [Test]
    public async Task ExtendedError_Given_GoesWithTheReply()
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, "template IN A {\n rcode NXDOMAIN\n ederror 21 \"no\"\n }");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, udpSize: 1232);
        fixture.Ask(query);
        var reply = new byte[query.Reply.FinishedLength];
        query.Reply.Finish(reply, reply.Length);
        Assert.That(Convert.ToHexString(reply), Does.EndWith("000F" + "0004" + "0015" + "6E6F"));
    }

    [Test]
    public async Task Failure_OfATemplate_IsAnErrorWithItsReason()
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, "template IN A {\n answer \"{{ .Name }} A {{ index .Match 1 }}\"\n }");
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        var result = fixture.Ask(query);
        Assert.That((result.Code, query.Error), Is.EqualTo((ResponseCode.ServerFailure, "template: index out of range: 1")));
    }

    [Test]
    public async Task Metrics_OfMatchesAndFailures_AreCoreDnsNames()
    {
        await using var fixture = new PluginFixture(
            TemplateDirective.Descriptor,
            "template IN ANY good.example.org {\n match ^good\n }\n template IN A bad.example.org {\n answer \"{{ .Name }} A x\"\n }\n template IN A worse.example.org {\n authority \"{{ index .Match 1 }}\"\n }");
        foreach (var question in new[] { "good.example.org A", "good.example.org TYPE65280", "a.bad.example.org A", "a.worse.example.org A", "a.good.example.org A" })
        {
            fixture.AskFor(question);
        }

        var labels = "server=\"dns://:53\",zone=\"{0}.example.org.\",view=\"\",class=\"IN\",type=\"{1}\"";
        string Labels(string zone, string type) => string.Format(null, labels, zone, type);
        Assert.That(
            await fixture.ScrapeAsync(),
            Is.EquivalentTo(
            [
                $"coredns_template_matches_total{{{Labels("good", "A")}}} 1",
                $"coredns_template_matches_total{{{Labels("good", "")}}} 1",
                $"coredns_template_matches_total{{{Labels("bad", "A")}}} 1",
                $"coredns_template_matches_total{{{Labels("worse", "A")}}} 1",
                $"coredns_template_rr_failures_total{{{Labels("bad", "A")},section=\"answer\",template=\"{{{{ .Name }}}} A x\"}} 1",
                $"coredns_template_template_failures_total{{{Labels("worse", "A")},section=\"authority\",template=\"{{{{ index .Match 1 }}}}\"}} 1",
            ]));
    }

    [TestCase("www.interwebs.test", "NOERROR AA\nfoogle.com. 60 CNAME www.interwebs.test.\nwww.interwebs.test. 60 A 198.51.100.10")]
    [TestCase("nothing.interwebs.test", "NOERROR AA\nfoogle.com. 60 CNAME nothing.interwebs.test.")]
    public async Task Alias_InAnAnswerToA_IsFollowedThroughTheServer(string target, string expected)
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, $"template IN ANY foogle.com {{\n answer \"foogle.com 60 IN CNAME {target}\"\n }}");
        Assert.That(AskServer(fixture, "foogle.com", RecordType.A, new ConformanceUpstream()), Is.EqualTo(expected));
    }

    [Test]
    public async Task Alias_InAnAnswerToTxt_IsNotFollowed()
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, "template IN ANY foogle.com {\n answer \"foogle.com 60 IN CNAME www.interwebs.test\"\n }");
        Assert.That(
            AskServer(fixture, "foogle.com", RecordType.TXT, new ConformanceUpstream()),
            Is.EqualTo("NOERROR AA\nfoogle.com. 60 CNAME www.interwebs.test."));
    }

    [Test]
    public async Task Alias_WithNobodyToAsk_StandsAlone()
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, "template IN ANY foogle.com {\n answer \"foogle.com 60 IN CNAME www.interwebs.test\"\n }");
        Assert.That(fixture.AskFor("foogle.com A"), Is.EqualTo("NOERROR AA\nfoogle.com. 60 CNAME www.interwebs.test."));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Alias_ToALiveAnswer_MakesTheAnswerLive(bool isLive)
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, "template IN A foogle.com {\n answer \"foogle.com 60 IN CNAME www.interwebs.test\"\n }");
        var live = new StubPlugin(query =>
        {
            query.IsLive = isLive;
            return ServeResult.Answered;
        });
        using var query = QueryFactory.Ask("foogle.com", RecordType.A);
        query.Router = new OneChain(PluginChain.Build([fixture.Block.Plugins[0], live]));
        await fixture.Block.Plugins[0].ServeAsync(query);
        Assert.That(query.IsLive, Is.EqualTo(isLive));
    }

    [Test]
    public async Task Aliases_ThatLeadToTheirOwnRule_EndInTime()
    {
        var answers = string.Join(' ', Enumerable.Range(0, 10).Select(i => $"\"{{{{ .Name }}}} 60 IN CNAME a{i}.loop.test\""));
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, $"template IN A loop.test {{\n answer {answers}\n }}");
        var asked = 0;
        var counter = new StubPlugin(_ =>
        {
            asked++;
            return ServeResult.Declined;
        });
        using var query = QueryFactory.Ask("x.loop.test", RecordType.A);
        query.Router = new OneChain(PluginChain.Build([counter, fixture.Block.Plugins[0]]));
        await query.Router.ServeAsync(query);
        Assert.That(asked, Is.EqualTo(1 + (8 * ServerLookup.MaxDepth)));
    }

    [Test]
    public async Task Query_ForNoRule_AllocatesNothing()
    {
        await using var fixture = new PluginFixture(TemplateDirective.Descriptor, "template ANY ANY internal.cloudapp.net {\n match x\n }\n template IN AAAA {\n rcode NOERROR\n }");
        var plugin = fixture.Block.Plugins[0];
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        Assert.That(Allocation.Of(() => _ = plugin.ServeAsync(query).IsCompleted), Is.Zero);
    }

    [Test]
    public async Task Rules_OfAks_DenyWhatAzureAppends()
    {
        await using var fixture = new PluginFixture(
            TemplateDirective.Descriptor,
            """
            template ANY ANY internal.cloudapp.net {
              match "^(?:[^.]+\.){4,}internal\.cloudapp\.net\.$"
              rcode NXDOMAIN
              fallthrough
            }
            template ANY ANY reddog.microsoft.com {
              rcode NXDOMAIN
            }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.AskFor("web.shop.svc.x.internal.cloudapp.net A"), Is.EqualTo("NXDOMAIN AA"));
            Assert.That(fixture.AskFor("vm.x.internal.cloudapp.net A"), Is.EqualTo("next"));
            Assert.That(fixture.AskFor("a.reddog.microsoft.com AAAA"), Is.EqualTo("NXDOMAIN AA"));
        }
    }

    private static string AskServer(PluginFixture fixture, string name, RecordType type, Plugin upstream)
    {
        using var query = QueryFactory.Ask(name, type);
        query.Router = new OneChain(PluginChain.Build([fixture.Block.Plugins[0], upstream]));
        query.Router.ServeAsync(query).AsTask().GetAwaiter().GetResult();
        return PluginAnswers.Describe(query);
    }
}
