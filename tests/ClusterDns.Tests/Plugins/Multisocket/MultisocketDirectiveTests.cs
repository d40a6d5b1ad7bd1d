using ClusterDns.Plugins.Multisocket;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Multisocket;

[TestFixture]
internal sealed class MultisocketDirectiveTests
{
    [TestCase("multisocket 1", 1)]
    [TestCase("multisocket 1024", 1024)]
    public void Parse_Number_IsTaken(string line, int expected) =>
        Assert.That(MultisocketDirective.Parse(PluginFixture.ParseOne(line)), Is.EqualTo(expected));

    [Test]
    public void Parse_NoNumber_IsOneForEachProcessor() =>
        Assert.That(MultisocketDirective.Parse(PluginFixture.ParseOne("multisocket")), Is.EqualTo(Environment.ProcessorCount));

    [Test]
    public async Task SetUp_Number_IsAskedOfTheListeners()
    {
        await using var fixture = new PluginFixture(MultisocketDirective.Descriptor, "multisocket 3");

        Assert.That(fixture.Block.Listener.Sockets, Is.EqualTo(3));
    }

    [TestCase("multisocket 1 2", 2, "Wrong argument count or unexpected line ending after '2'")]
    [TestCase("multisocket 2\nmultisocket 3", 3, "Wrong argument count or unexpected line ending after '3'")]
    [TestCase("multisocket many", 2, "invalid num sockets: 'many' is not a number")]
    [TestCase("multisocket 0", 2, "num sockets can not be zero or negative: 0")]
    [TestCase("multisocket -1", 2, "num sockets can not be zero or negative: -1")]
    [TestCase("multisocket 1025", 2, "num sockets exceeds maximum (1024): 1025")]
    [TestCase("multisocket {\n}", 2, "Unexpected token '{', expecting argument")]
    public void Parse_Mistake_NamesFileAndLine(string lines, int line, string text) =>
        Assert.That(
            PluginFixture.ErrorOf(MultisocketDirective.Descriptor, lines),
            Is.EqualTo($"Corefile:{line} - Error during parsing: {text}"));

    [Test]
    public async Task Server_SeveralSockets_AnswersOnOneAddress()
    {
        await using var server = await RunningServer.StartAsync(".:0 {\n bind 127.0.0.1\n multisocket 4\n whoami\n}");
        for (var i = 0; i < 16; i++)
        {
            var reply = await server.AskUdpAsync(QueryFactory.Packet("example.org", RecordType.A));
            Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply)), Is.EqualTo(ResponseCode.NoError));
        }
    }
}
