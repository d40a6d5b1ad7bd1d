using System.Text.Json;
using ClusterDns.Cli.Commands;
using ClusterDns.Testing;
using ClusterDns.Tests.Cli.Commands;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Cli.Querying;

/// <summary>Questions to a server that says what the test wants.</summary>
[TestFixture]
internal sealed class QueryCommandTests
{
    private FakeUpstream _server = null!;
    private string _resolvConf = "";

    private string Server => $"@{_server.Endpoint}";

    [SetUp]
    public void StartServer()
    {
        _server = new FakeUpstream("www.example.org. 60 A 192.0.2.1", "www.example.org. 60 AAAA 2001:db8::1", "example.org. 60 MX 10 mail.example.org.");
        _resolvConf = Path.GetTempFileName();
    }

    [TearDown]
    public async Task StopServer()
    {
        await _server.DisposeAsync();
        File.Delete(_resolvConf);
    }

    [Test]
    public async Task Query_Name_PrintsTheSectionsOfDig()
    {
        var run = await CommandRun.RunAsync("query", "www.example.org", Server);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.Zero);
            Assert.That(run.Output, Does.Match("^;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: [0-9]+\n;; flags: qr"));
            Assert.That(run.Output, Does.Contain("\n;; QUESTION SECTION:\n;www.example.org.\t\tIN\tA\n\n"));
            Assert.That(run.Output, Does.Contain(";; ANSWER SECTION:\nwww.example.org.\t60\tIN\tA\t192.0.2.1\n\n"));
            Assert.That(run.Output, Does.Contain($";; SERVER: 127.0.0.1#{_server.Endpoint.Port} (UDP)\n"));
            Assert.That(run.Output, Does.Match(";; MSG SIZE  rcvd: [0-9]+\n$"));
        }
    }

    [TestCase("www.example.org", "AAAA", "2001:db8::1")]
    [TestCase("www.example.org", "aaaa", "2001:db8::1")]
    [TestCase("example.org", "MX", "10 mail.example.org.")]
    [TestCase("example.org", "TYPE15", "10 mail.example.org.")]
    public async Task Query_Short_PrintsTheDataAlone(string name, string type, string expected)
    {
        Assert.That((await CommandRun.RunAsync("query", name, type, Server, "+short")).Output, Is.EqualTo($"{expected}\n"));
    }

    [Test]
    public async Task Query_Flags_ReachTheServer()
    {
        await CommandRun.RunAsync("query", "www.example.org", Server, "+edns=4000", "+do", "+norecurse");
        await CommandRun.RunAsync("query", "www.example.org", "TXT", "CH", Server, "+noedns", "+tcp");

        var (first, second) = (_server.Received[0], _server.Received[1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.UdpSize, Is.EqualTo(4000));
            Assert.That(first.IsDnssecOk, Is.True);
            Assert.That(MessageHeader.Flags(first.Message) & MessageHeader.RecursionDesiredFlag, Is.Zero);
            Assert.That(second.Class, Is.EqualTo(RecordClass.CH));
            Assert.That(second.Type, Is.EqualTo(RecordType.TXT));
            Assert.That(second.UdpSize, Is.Zero);
            Assert.That(second.Protocol, Is.EqualTo(FakeProtocol.Tcp));
            Assert.That(MessageHeader.Flags(second.Message) & MessageHeader.RecursionDesiredFlag, Is.Not.Zero);
        }
    }

    [TestCase("192.0.2.1", "1.2.0.192.in-addr.arpa.")]
    [TestCase("2001:db8::f1", "1.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.")]
    [TestCase("::ffff:192.0.2.1", "1.2.0.192.in-addr.arpa.")]
    public async Task Query_Address_AsksForItsName(string address, string expected)
    {
        await CommandRun.RunAsync("query", "-x", address, Server);

        Assert.That(_server.Received.Select(query => (query.Name, query.Type)), Is.EqualTo([(expected, RecordType.PTR)]));
    }

    [Test]
    public async Task Query_CutReply_IsAskedForAgainOverTcp()
    {
        _server.Script = query => query.Protocol == FakeProtocol.Udp ? [new FakeAction.Send(query.Truncated())] : null;

        var run = await CommandRun.RunAsync("query", "www.example.org", Server);

        Assert.That(run.Output, Does.Contain("192.0.2.1").And.Contains("(TCP)"));
    }

    [Test]
    public async Task Query_SilentServer_EndsInTime()
    {
        _server.Script = _ => [];

        var run = await CommandRun.RunAsync("query", "www.example.org", Server, "+timeout=0.1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(ExitCode.NoReply));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Errors, Does.Contain("i/o timeout"));
        }
    }

    [Test]
    public async Task Query_Denied_ExitsWith0AndSaysSo()
    {
        _server.Script = query => [new FakeAction.Send(query.Fail(ResponseCode.NameError))];

        var run = await CommandRun.RunAsync("query", "nope.example.org", Server);

        Assert.That(run.Code, Is.Zero);
        Assert.That(run.Output, Does.Contain("status: NXDOMAIN"));
    }

    [Test]
    public async Task Query_RepliesToOtherQuestions_AreCountedAndNotShown()
    {
        _server.Script = query => [new FakeAction.Send(query.FromTable().OtherName())];

        var run = await CommandRun.RunAsync("query", "www.example.org", Server, "+timeout=0.2");

        Assert.That(run.Code, Is.EqualTo(ExitCode.NoReply));
        Assert.That(run.Errors, Does.Contain("that answer another question or are damaged: "));
    }

    [Test]
    public async Task Query_Search_WalksTheListByNdots()
    {
        File.WriteAllText(_resolvConf, "search a.example b.example\noptions ndots:2 timeout:1\n");
        _server.Script = query => query.Name == "one.dot." ? null : [new FakeAction.Send(query.Fail(ResponseCode.NameError))];

        var fewDots = await RunAsync("query", "one.dot", Server, "+search");
        var asked = _server.Received.Select(query => query.Name).ToArray();
        var manyDots = await RunAsync("query", "two.more.dots", Server, "+search");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Is.EqualTo(["one.dot.a.example.", "one.dot.b.example.", "one.dot."]));
            Assert.That(fewDots.Output, Does.StartWith(";; search: one.dot.a.example. NXDOMAIN\n;; search: one.dot.b.example. NXDOMAIN\n"));
            Assert.That(_server.Received[3].Name, Is.EqualTo("two.more.dots."));
            Assert.That(manyDots.Output, Does.Contain("status: NXDOMAIN"));
        }
    }

    [Test]
    public async Task Query_AbsoluteName_IsNotSearchedFor()
    {
        File.WriteAllText(_resolvConf, "search a.example\noptions ndots:5\n");
        await RunAsync("query", "www.example.org.", Server, "+search");

        Assert.That(_server.Received.Select(query => query.Name), Is.EqualTo(["www.example.org."]));
    }

    [Test]
    public async Task Query_NoServerToAsk_SaysHowToNameOne()
    {
        var run = await RunAsync("query", "www.example.org");

        Assert.That(run.Code, Is.EqualTo(ExitCode.NoReply));
        Assert.That(run.Errors, Does.EndWith("names no server; name one with @SERVER\n"));
    }

    [Test]
    public async Task Query_Json_IsOneObject()
    {
        var run = await CommandRun.RunAsync("query", "www.example.org", Server, "--json");

        using var json = JsonDocument.Parse(run.Output);
        var answer = json.RootElement.GetProperty("answer")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json.RootElement.GetProperty("status").GetString(), Is.EqualTo("NOERROR"));
            Assert.That(json.RootElement.GetProperty("server").GetString(), Is.EqualTo(_server.Endpoint.ToString()));
            Assert.That(json.RootElement.GetProperty("protocol").GetString(), Is.EqualTo("udp"));
            Assert.That(answer.GetProperty("name").GetString(), Is.EqualTo("www.example.org."));
            Assert.That(answer.GetProperty("ttl").GetInt32(), Is.EqualTo(60));
            Assert.That(answer.GetProperty("data").GetString(), Is.EqualTo("192.0.2.1"));
        }
    }

    private Task<CommandRun> RunAsync(params string[] words) =>
        CommandRun.RunAsync(context => context with { ResolvConfPath = _resolvConf }, words);
}
