using ClusterDns.Cli.Commands;
using ClusterDns.Tests.Cli.Commands;
using ClusterDns.Tests.Corefile;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Checking;

/// <summary>Corefiles that a server starts with and somebody regretted, each beside one that is meant so.</summary>
[TestFixture]
internal sealed class CheckRuleTests
{
    [TestCase("127.0.0.1 is this server itself", ". {\n forward . 127.0.0.1\n}")]
    [TestCase("127.0.0.1:1053 is this server itself", ".:1053 {\n forward . 127.0.0.1:1053\n}")]
    [TestCase("::1 is this server itself", ". {\n forward . ::1\n}")]
    [TestCase("127.0.0.2 is this server itself", ". {\n bind 127.0.0.2\n forward . 127.0.0.2\n}")]
    [TestCase("127.0.0.1:5301 is this server itself", ".:53 {\n forward . 127.0.0.1:5301\n}\n.:5301 {\n forward . 127.0.0.1\n}", 2)]
    [TestCase(null, ". {\n forward . 127.0.0.1:5301\n}\n.:5301 {\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n bind 127.0.0.2\n forward . 127.0.0.1\n}")]
    [TestCase(null, ". {\n forward . tls://127.0.0.1\n}")]
    public Task Check_ForwardToItself_IsFound(string? expected, string corefile, int times = 1) => AssertAsync(expected, corefile, times);

    [TestCase("127.0.0.53, which {0} names in line 2, is this server itself", "search lan\nnameserver 127.0.0.53\n")]
    [TestCase(null, "nameserver 192.0.2.53\n")]
    public async Task Check_LoopbackInResolvConf_IsFound(string? expected, string resolvConf)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, resolvConf);
            await AssertAsync(expected?.Replace("{0}", path), $". {{\n forward . {path}\n}}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase("that of line 2 takes every name below .", ". {\n forward . 192.0.2.1\n forward example.org 192.0.2.2\n}")]
    [TestCase(null, ". {\n forward example.org 192.0.2.2\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n forward . 192.0.2.1 {\n except example.org\n }\n forward example.org 192.0.2.2\n}")]
    [TestCase(null, ". {\n forward . 192.0.2.1 {\n next NXDOMAIN\n }\n forward . 192.0.2.2\n}")]
    public Task Check_ForwardBehindAnother_IsFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("forward is never asked for example.net.: this block serves example.org.", "example.org {\n forward example.net 192.0.2.1\n}")]
    [TestCase("kubernetes is never asked for cluster.local.: this block serves example.org.",
        "example.org {\n health\n ready\n kubernetes cluster.local\n}")]
    [TestCase("kubernetes is never asked for cluster.local.: the block of cluster.local in line 6 takes it",
        ". {\n health\n ready\n kubernetes cluster.local\n}\ncluster.local {\n whoami\n}")]
    [TestCase(null, "cluster.local {\n health\n ready\n kubernetes cluster.local\n}\n. {\n forward . 192.0.2.1\n}")]
    [TestCase(null, "svc.cluster.local {\n health\n ready\n kubernetes cluster.local\n}")]
    [TestCase(null, ".:53 {\n health\n ready\n kubernetes cluster.local\n}\ncluster.local:54 {\n whoami\n}")]
    public Task Check_ZoneThatNobodyBrings_IsFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("transfer hands over example.org., which no plugin of this block has as a zone of its own",
        ". {\n health\n ready\n transfer example.org {\n to *\n }\n kubernetes cluster.local\n}")]
    [TestCase("transfer hands over in-addr.arpa., which no plugin of this block has as a zone of its own",
        ". {\n health\n ready\n transfer cluster.local in-addr.arpa {\n to *\n }\n kubernetes cluster.local in-addr.arpa\n}")]
    [TestCase("plugin/transfer: 'to' is required", ". {\n health\n ready\n transfer\n kubernetes cluster.local\n}")]
    public Task Check_TransferOfNothing_IsFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("this cache keeps nothing", ". {\n health\n ready\n kubernetes cluster.local\n cache 30 cluster.local\n}")]
    [TestCase("answers for cluster.local. are kept",
        ". {\n health\n ready\n kubernetes cluster.local {\n fallthrough\n }\n cache 30\n}")]
    [TestCase("answers for cluster.local. are kept",
        ". {\n health\n ready\n kubernetes cluster.local {\n fallthrough\n }\n cache 30 {\n disable success cluster.local\n }\n}")]
    [TestCase(null, ". {\n health\n ready\n kubernetes cluster.local\n cache 30\n}")]
    [TestCase(null, ". {\n health\n ready\n kubernetes cluster.local {\n fallthrough\n }\n cache 30 {\n"
        + " disable success cluster.local\n disable denial cluster.local\n }\n}")]
    [TestCase(null, "cluster.local {\n cache 30\n forward . 192.0.2.1\n}")]
    public Task Check_CacheOverTheCluster_IsFoundWhereItMatters(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("autopath does nothing: 'kubernetes' in line 4 has no 'pods verified'",
        ". {\n health\n ready\n kubernetes cluster.local\n autopath @kubernetes\n}")]
    [TestCase("autopath does nothing: the block has no 'kubernetes'", ". {\n autopath @kubernetes\n}")]
    [TestCase(null, ". {\n health\n ready\n kubernetes cluster.local {\n pods verified\n }\n autopath @kubernetes\n}")]
    public Task Check_AutopathWithoutPods_IsFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("no block has 'health'", ". {\n ready\n kubernetes cluster.local\n}")]
    [TestCase("no block has 'ready'", ". {\n health\n kubernetes cluster.local\n}")]
    [TestCase(null, "cluster.local {\n kubernetes cluster.local\n}\n. {\n health\n ready\n}")]
    [TestCase(null, ". {\n whoami\n}")]
    public Task Check_MissingProbe_IsFoundWhereThereIsACluster(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("at 127.0.0.1 port 53 only blocks with this 'bind' answer, not that of . in line 1",
        ". {\n whoami\n}\nexample.org {\n bind 127.0.0.1\n whoami\n}")]
    [TestCase(null, ".:54 {\n whoami\n}\nexample.org {\n bind 127.0.0.1\n whoami\n}")]
    [TestCase(null, ". {\n bind 127.0.0.1\n whoami\n}\nexample.org {\n bind 127.0.0.1\n whoami\n}")]
    public Task Check_BoundBesideUnbound_IsFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("ready wants 127.0.0.1:8080, and line 2 has :8080", ". {\n health\n ready 127.0.0.1:8080\n}")]
    [TestCase("prometheus wants :8181, and line 2 has 127.0.0.1:8181", ". {\n ready 127.0.0.1:8181\n prometheus :8181\n}")]
    [TestCase("health at :8080 is there already", ". {\n health\n}\nexample.org {\n health :8080\n}")]
    [TestCase("health wants :1053, where line 1 serves DNS over TCP", ".:1053 {\n health :1053\n}")]
    [TestCase(null, ". {\n health\n ready\n prometheus :9153\n}\nexample.org {\n prometheus :9153\n}")]
    [TestCase(null, ". {\n health :8080\n ready :8080\n}")]
    [TestCase(null, ".:1053 {\n bind 127.0.0.2\n health 127.0.0.1:1053\n}")]
    public Task Check_PagesThatClash_AreFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("hosts answers SERVFAIL for every name it does not have: 'forward' in line 5",
        ". {\n hosts {\n 192.0.2.1 a.example\n }\n forward . 192.0.2.1\n}")]
    [TestCase("kubernetes answers NXDOMAIN for every address under in-addr.arpa.",
        ". {\n health\n ready\n kubernetes cluster.local in-addr.arpa\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n hosts {\n 192.0.2.1 a.example\n fallthrough\n }\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n hosts {\n 192.0.2.1 a.example\n }\n}")]
    [TestCase(null, ". {\n hosts /etc/hosts example.org\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n health\n ready\n kubernetes cluster.local 10.0.0.0/8\n forward . 192.0.2.1\n}")]
    public Task Check_MissingFallthrough_IsFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("NXDOMAIN for AAAA denies the whole name", ". {\n template ANY AAAA {\n rcode NXDOMAIN\n }\n forward . 192.0.2.1\n}")]
    [TestCase("template answers SERVFAIL for every name", ". {\n template IN A {\n match ^a\n rcode NXDOMAIN\n }\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n template ANY AAAA {\n rcode NOERROR\n }\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n template IN A {\n match ^a\n rcode NXDOMAIN\n fallthrough\n }\n forward . 192.0.2.1\n}")]
    [TestCase(null, ". {\n template IN A example.org {\n match ^a\n rcode NXDOMAIN\n }\n forward . 192.0.2.1\n}")]
    public Task Check_TemplateThatSaysTooMuch_IsFound(string? expected, string corefile) => AssertAsync(expected, corefile);

    [TestCase("stay empty without 'metadata'", ". {\n log . \"{name} {/kubernetes/client-pod-name}\"\n}")]
    [TestCase(null, ". {\n metadata\n log . \"{name} {/kubernetes/client-pod-name}\"\n}")]
    [TestCase("replies of more than 1232 octets travel in fragments", ". {\n bufsize 4096\n}")]
    [TestCase(null, ". {\n bufsize 1232\n}")]
    [TestCase("'}' is taken for the zone of a server block", ". {\n whoami\n}\n}")]
    [TestCase("this quote is never closed", ". {\n whoami\n}\n(snippet) {\n log \"x\n}", 2)]
    public Task Check_OtherRegrets_AreFound(string? expected, string corefile, int findings = 1) =>
        AssertAsync(expected, corefile, findings, matching: 1);

    [Test]
    public async Task Check_Warnings_ExitWith0AndWith1WhenStrict()
    {
        const string Corefile = ". {\n forward . 127.0.0.1\n}";

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await CheckAsync(Corefile)).Code, Is.EqualTo(ExitCode.Success));
            Assert.That((await CheckAsync(Corefile, "--strict")).Code, Is.EqualTo(ExitCode.Failure));
            Assert.That((await CheckAsync(". {\n whoami\n}", "--strict")).Code, Is.EqualTo(ExitCode.Success));
        }
    }

    [Test]
    public async Task Check_StandardInput_IsShownLikeAFile()
    {
        using var input = new MemoryStream(". {\n erors\n}\n"u8.ToArray());
        var run = await CommandRun.RunAsync(context => context with { Input = input }, "check", "-conf", "stdin");

        Assert.That(run.Output, Is.EqualTo(
            "stdin:2:2: error: Unknown directive 'erors', did you mean 'errors'?\n    2 |  erors\n      |  ^~~~~\n1 error, 0 warnings\n"));
    }

    [Test]
    public async Task Check_NoFileNamedAndNoneThere_SaysWhatAServerWouldDo()
    {
        var run = await CommandRun.RunAsync(context => context with { Files = new MemoryFiles() }, "check");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Success));
        Assert.That(run.OutputLines[0], Does.StartWith("warning: there is no Corefile here"));
    }

    [Test]
    public async Task Check_WordFromAVariable_IsShownAsItIsHere()
    {
        var files = new MemoryFiles().With("Corefile", ". {\n bufsize {$SIZE}\n}\n");
        var run = await CommandRun.RunAsync(context => context with { Files = files, Environment = _ => "9" }, "check");

        Assert.That(run.OutputLines, Has.Some.EqualTo("      = with the variables that are set here {$SIZE} is '9'"));
    }

    [TestCase("put a blank in front of '{'", ".:53{\n whoami\n}")]
    [TestCase("the brace has to stand at the end of the line above", ". {\n cache\n {\n success 1\n }\n}")]
    [TestCase("a comment begins with '#'", ". {\n // off\n whoami\n}")]
    [TestCase("put blanks alone between words, without ','", ". {\n forward . 192.0.2.1, 192.0.2.2\n}")]
    [TestCase("a value stands behind its name and a blank, without ':' or '='", ". {\n forward . 192.0.2.1 {\n max_fails: 3\n }\n}")]
    [TestCase("a value stands behind its name and a blank, without ':' or '='", ". {\n forward . 192.0.2.1 {\n policy = random\n }\n}")]
    [TestCase("this is a manifest: a Corefile is only the text below 'Corefile: |'", "apiVersion: v1\nkind: ConfigMap\n")]
    [TestCase("\u201C is no quote of a Corefile: write \"", ". {\n log \u201C{remote}\u201D\n}")]
    [TestCase("the word holds the character U+200B, which cannot be seen: write it anew", ". {\n forward . 192.0.2.1\u200B\n}")]
    [TestCase("leave out the dot in front", ".example.org {\n whoami\n}")]
    [TestCase("a zone stands for every name below it too: leave out '*.'", "*.example.org {\n whoami\n}")]
    [TestCase("of schemes, only dns:// is served", "http://example.org {\n whoami\n}")]
    [TestCase("'pods' belongs between the braces of kubernetes", ". {\n pods verified\n whoami\n}")]
    [TestCase("CoreDNS has dropped it for 'forward', which is written alike: 'forward . /etc/resolv.conf'", ". {\n proxy . /etc/resolv.conf\n}")]
    [TestCase("CoreDNS has dropped it long ago; remove the line", ". {\n kubernetes cluster.local {\n upstream\n }\n}")]
    [TestCase("did you mean 'fallthrough'?", ". {\n hosts {\n 192.0.2.1 a.test\n fallthrouhg\n }\n}")]
    [TestCase("write the seconds as a number alone: 'cache 30'", ". {\n cache 30s\n forward . 192.0.2.1\n}")]
    [TestCase("write the number alone: 5", ". {\n kubernetes cluster.local {\n ttl 5s\n }\n}")]
    [TestCase("write the number alone: 3", ". {\n forward . 192.0.2.1 {\n max_fails 3s\n }\n}")]
    [TestCase("write a unit: 10s, or 10ms, 10m, 10h", ". {\n forward . 192.0.2.1 {\n expire 10\n }\n}")]
    [TestCase("write a unit: 5s, or 5ms, 5m, 5h", ". {\n cancel 5\n whoami\n}")]
    public async Task Check_MistakeThatPeopleMake_ComesWithWhatToDo(string advice, string corefile)
    {
        var run = await CheckAsync(corefile);

        Assert.That(run.OutputLines, Has.Some.EqualTo($"      = {advice}"), run.Output);
    }

    [TestCase(". {\n acl {\n allow net 10.0.0.0/8\n block\n }\n whoami\n}")]
    [TestCase(". {\n health\n ready\n transfer {\n to *\n }\n kubernetes cluster.local\n}", Description = "a zone below the one that may be handed over")]
    [TestCase(". {\n health\n ready\n transfer example.org {\n to *\n }\n k8s_external example.org\n kubernetes cluster.local\n}")]
    [TestCase(". {\n acl {\n allow net 10.0.0.0/8\n }\n acl {\n block\n }\n whoami\n}")]
    [TestCase(". {\n acl {\n block type ANY net *\n block net 192.0.2.0/24\n }\n whoami\n}")]
    [TestCase(". {\n cache 30 example.org\n forward . 192.0.2.1\n}", Description = "the zone is below that of the block")]
    [TestCase("10.0.0.0/8 {\n cache 10.0.0.0/8\n forward . 192.0.2.1\n}")]
    [TestCase(". {\n rewrite name suffix a.test b.test answer auto\n rewrite name exact c.test d.test\n rewrite name e.test f.test\n whoami\n}")]
    [TestCase(". {\n rewrite stop {\n name regex (.*)\\.a\\.test {1}.b.test\n answer name (.*)\\.b\\.test {1}.a.test\n }\n whoami\n}")]
    [TestCase(". {\n header {\n response set aa\n }\n whoami\n}\nexample.org {\n header {\n response set ra\n }\n whoami\n}")]
    [TestCase(". {\n health 127.0.0.1:8080\n whoami\n}", Description = "no pod of a cluster")]
    public Task Check_CorefileThatIsMeantSo_FindsNothing(string corefile) => AssertAsync(null, corefile);

    [Test]
    public async Task Check_NoSuchFile_IsAnError()
    {
        var run = await CommandRun.RunAsync("check", "-conf", "/nonexistent/Corefile");

        Assert.That(run.Code, Is.EqualTo(ExitCode.Failure));
        Assert.That(run.OutputLines[0], Does.StartWith("error: /nonexistent/Corefile cannot be read: "));
    }

    [Test]
    public async Task Check_ImportedFile_IsShownWithItsOwnNameAndLine()
    {
        var files = new MemoryFiles()
            .With("Corefile", ". {\n import /etc/coredns/more.conf\n}\n")
            .With("/etc/coredns/more.conf", "errors\nerors\n");
        var run = await CommandRun.RunAsync(context => context with { Files = files }, "check");

        Assert.That(run.Output, Does.StartWith("/etc/coredns/more.conf:2:1: error: Unknown directive 'erors'").And.Contains("    2 | erors\n"));
    }

    private static async Task AssertAsync(string? expected, string corefile, int findings = 1, int? matching = null)
    {
        var run = await CheckAsync(corefile);
        var found = run.OutputLines.Where(line => line.Contains("warning: ") || line.Contains("error: ")).ToList();

        Assert.That(found, Has.Count.EqualTo(expected is null ? 0 : findings), run.Output);
        if (expected is not null)
        {
            Assert.That(found.Count(line => line.Contains(expected)), Is.EqualTo(matching ?? 1), run.Output);
        }
    }

    private static Task<CommandRun> CheckAsync(string corefile, params string[] flags) => CommandRun.RunAsync(
        context => context with { Files = new MemoryFiles().With("Corefile", corefile) }, ["check", .. flags]);
}
