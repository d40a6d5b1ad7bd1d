using ClusterDns.Testing;
using ClusterDns.Testing.Conformance;
using ClusterDns.Tests.Plugins.ZoneFiles;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Transfer;

/// <summary>Zones out of files are handed over whole.</summary>
[TestFixture]
internal sealed class FileTransferTests
{
    [Test]
    public async Task Axfr_ZoneFile_IsEveryRecordByName()
    {
        using var file = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(
            7, "@ 60 NS ns", "ns 60 A 192.0.2.1", "www 60 CNAME ns", "a.b 60 TXT \"text\"", "@ 60 MX 10 ns", "ns 60 A 192.0.2.2"));
        await using var server = await StartAsync(file);
        using var client = new TransferClient(server.Endpoint);

        var records = await client.TransferAsync("example.org.");

        Assert.That(string.Join('\n', records), Is.EqualTo(
            """
            example.org. 60 SOA ns.example.org. hostmaster.example.org. 7 2 3 4 5
            example.org. 60 NS ns.example.org.
            example.org. 60 MX 000AC029
            a.b.example.org. 60 TXT "text"
            ns.example.org. 60 A 192.0.2.1
            ns.example.org. 60 A 192.0.2.2
            www.example.org. 60 CNAME ns.example.org.
            example.org. 60 SOA ns.example.org. hostmaster.example.org. 7 2 3 4 5
            """));
    }

    [Test]
    public async Task Axfr_RecordThatFillsAMessage_HasOneForItself()
    {
        var large = string.Join(' ', Enumerable.Repeat($"\"{new string('x', 255)}\"", 240));
        using var file = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(
            7, [.. Enumerable.Range(0, 100).Select(i => $"a{i} 60 TXT \"{new string('y', 100)}\""), $"b 60 TXT {large}", "c 60 A 192.0.2.1"]));
        await using var server = await StartAsync(file);
        using var client = new TransferClient(server.Endpoint);

        var records = await client.TransferAsync("example.org.");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(records, Has.Count.EqualTo(104));
            Assert.That(records, Does.Contain($"b.example.org. 60 TXT {large}"));
            Assert.That(client.MessagesRead, Is.EqualTo(3), "what stands before it, the record, and what stands behind");
        }
    }

    [TestCase(7u, 1)]
    [TestCase(8u, 1, Description = "newer than the server's")]
    [TestCase(6u, 3)]
    public async Task Ixfr_ZoneFile_IsTheSoaForAClientThatHasIt(uint serial, int records)
    {
        using var file = new ZoneFileOnDisk(ZoneFileOnDisk.Zone(7, "ns 60 A 192.0.2.1"));
        await using var server = await StartAsync(file);
        var query = TransferClient.IxfrPacket("example.org.", serial);

        var reply = await server.AskTcpAsync(query);

        Assert.That(ReplyDecoder.Decode(query, reply).AnswerCount, Is.EqualTo(records));
    }

    [Test]
    public async Task Axfr_FileThatIsNotThereYet_IsServfail()
    {
        using var file = new ZoneFileOnDisk(null);
        await using var server = await StartAsync(file);

        var reply = await server.AskTcpAsync(QueryFactory.Packet("example.org.", RecordType.AXFR));

        Assert.That(MessageHeader.ResponseCodeOf(MessageHeader.Flags(reply)), Is.EqualTo(ResponseCode.ServerFailure));
    }

    private static Task<RunningServer> StartAsync(ZoneFileOnDisk file) => RunningServer.StartAsync(
        $"example.org:0 {{\n bind 127.0.0.1\n transfer {{\n to *\n }}\n file {file.Path}\n}}");
}
