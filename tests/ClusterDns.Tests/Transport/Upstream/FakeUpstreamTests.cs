using System.Net.Sockets;
using ARSoft.Tools.Net.Dns;
using ClusterDns.Testing;
using ClusterDns.Testing.Packets;
using NUnit.Framework;
using Type = ClusterDns.Wire.RecordType;

namespace ClusterDns.Tests.Transport.Upstream;

/// <summary>The fake tells the truth unless a script says otherwise.</summary>
internal sealed class FakeUpstreamTests
{
    [Test]
    public async Task Table_Alias_IsFollowed()
    {
        await using var upstream = new FakeUpstream("a.test. 60 CNAME b.test.", "b.test. 30 A 192.0.2.1", "b.test. 30 A 192.0.2.2");

        var reply = await AskAsync(upstream, "A.test.", Type.A);

        Assert.That(reply.AnswerRecords.Select(record => record.ToString()), Is.EqualTo(new[]
        {
            "a.test. 60 IN CNAME b.test.", "b.test. 30 IN A 192.0.2.1", "b.test. 30 IN A 192.0.2.2",
        }));
    }

    [TestCase("none.test.", Type.A, ReturnCode.NxDomain)]
    [TestCase("b.test.", Type.AAAA, ReturnCode.NoError)]
    [TestCase("test.", Type.A, ReturnCode.NoError)]
    [TestCase("to-none.test.", Type.A, ReturnCode.NxDomain)]
    public async Task Table_NoSuchRecord_SaysSoWithASoa(string name, Type type, ReturnCode code)
    {
        await using var upstream = new FakeUpstream("b.test. 30 A 192.0.2.1", "to-none.test. 30 CNAME none.test.");

        var reply = await AskAsync(upstream, name, type);

        Assert.That(reply.ReturnCode, Is.EqualTo(code));
        Assert.That(reply.AuthorityRecords.Single().ToString(), Does.StartWith("test. 30 IN SOA"));
    }

    [TestCase("t.test. 5 TXT one \"two\"")]
    [TestCase("t.test. 5 MX 10 mail.test.")]
    [TestCase("t.test. 5 SRV 1 2 5060 sip.test.")]
    [TestCase("t.test. 5 AAAA 2001:db8::1")]
    [TestCase("t.test. 5 CAA \\# 8 000569737375652E")]
    public async Task Table_RecordOfAnyType_IsReadByOthers(string record)
    {
        await using var upstream = new FakeUpstream(record);
        var type = Enum.Parse<Type>(record.Split(' ')[2]);

        var reply = await AskAsync(upstream, "t.test.", type);

        Assert.That(reply.AnswerRecords, Has.Count.EqualTo(1));
        Assert.That((int)reply.AnswerRecords[0].RecordType, Is.EqualTo((int)type));
    }

    [Test]
    public async Task Table_AnswerLongerThanTheClientTakes_IsTruncatedOverUdpOnly()
    {
        await using var upstream = new FakeUpstream(
            [.. Enumerable.Range(1, 60).Select(i => $"many.test. 30 A 192.0.2.{i}")]);
        var query = QueryFactory.Packet("many.test.", Type.A);

        var udp = Read(await DnsSocketClient.AskUdpAsync(upstream.Endpoint, query));
        var tcp = Read(await DnsSocketClient.AskTcpAsync(upstream.Endpoint, query));

        Assert.That((udp.IsTruncated, udp.AnswerRecords.Count), Is.EqualTo((true, 0)));
        Assert.That((tcp.IsTruncated, tcp.AnswerRecords.Count), Is.EqualTo((false, 60)));
    }

    [Test]
    public async Task Stop_ThenStart_ListensAtTheSamePort()
    {
        await using var upstream = new FakeUpstream("b.test. 30 A 192.0.2.1");
        var endpoint = upstream.Endpoint;
        await AskAsync(upstream, "b.test.", Type.A);
        await DnsSocketClient.AskTcpAsync(endpoint, QueryFactory.Packet("b.test.", Type.A));

        await upstream.StopAsync();
        upstream.Start();

        Assert.That(upstream.Endpoint, Is.EqualTo(endpoint));
        Assert.That((await AskAsync(upstream, "b.test.", Type.A)).AnswerRecords, Has.Count.EqualTo(1));
        Assert.That(upstream.Received, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Dispose_ScriptHasThrown_SaysWhat()
    {
        var upstream = new FakeUpstream { Script = _ => throw new FormatException("no idea") };
        using var socket = new UdpClient();
        await socket.SendAsync(QueryFactory.Packet("b.test.", Type.A), upstream.Endpoint);
        await upstream.WaitForQueriesAsync(1);

        Assert.That(async () => await upstream.DisposeAsync(), Throws.InvalidOperationException.With.Message.Contain("no idea"));
    }

    [Test]
    public async Task Receive_WhatIsNoQuery_IsNotAnswered()
    {
        await using var upstream = new FakeUpstream("b.test. 30 A 192.0.2.1");
        using var socket = new UdpClient();
        await socket.SendAsync(new byte[] { 1, 2, 3 }, upstream.Endpoint);

        await AskAsync(upstream, "b.test.", Type.A);

        Assert.That(upstream.Received, Has.Count.EqualTo(1));
    }

    [TestCase("b.test. 30 A")]
    [TestCase("b.test. 30 NONSENSE 1")]
    [TestCase("b.test. soon A 192.0.2.1")]
    [TestCase("b.test. 30 CAA 0 issue x")]
    public void Parse_WhatIsNoRecord_Throws(string text) =>
        Assert.That(() => FakeRecord.Parse(text), Throws.InstanceOf<FormatException>());

    private static async Task<DnsMessage> AskAsync(FakeUpstream upstream, string name, Type type) =>
        Read(await DnsSocketClient.AskUdpAsync(upstream.Endpoint, QueryFactory.Packet(name, type, udpSize: 1232)));

    private static DnsMessage Read(byte[] reply) =>
        SecondOpinion.TryParse(reply, out var message) ? message : throw new AssertionException("No reply that others can read");
}
