using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Serving;

/// <summary>A query that goes on under another name.</summary>
[TestFixture]
internal sealed class RenamedQueryTests
{
    [TestCase("a.example.")]
    [TestCase("a-much-longer-name-than-the-one-that-was-asked.of.Example.")]
    [TestCase(".")]
    public void Renamed_WithEdns_DiffersInItsNameOnly(string name)
    {
        using var query = QueryFactory.Ask("Asked.example.org.", RecordType.SRV, udpSize: 4096, dnssecOk: true);
        query.Zone = DnsName.Parse("example.org.");
        query.ServerLabel = "dns://:53";
        query.LimitPayloadSize(1232);
        using var other = new Query();

        var verdict = other.RenameInPlaceOf(query, Wire(name));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict, Is.EqualTo(QueryVerdict.Accepted));
            Assert.That(WireName.ToText(other.NameAsSent), Is.EqualTo(name));
            Assert.That((other.Id, other.Type, other.Class, other.Flags), Is.EqualTo((query.Id, query.Type, query.Class, query.Flags)));
            Assert.That((other.Edns.PayloadSize, other.Edns.DnssecOk), Is.EqualTo(((ushort)1232, true)));
            Assert.That(other.Reply.Edns.PayloadSize, Is.EqualTo(1232));
            Assert.That((other.Zone, other.Depth, other.ServerLabel), Is.EqualTo((query.Zone, query.Depth, "dns://:53")));
            Assert.That(other.Client, Is.EqualTo(query.Client));
        }
    }

    [Test]
    public void Renamed_ToTheLongestNameWithManyOptions_HasRoom()
    {
        var options = new byte[600];
        options[0] = 0xFD;
        options[1] = 0xE9;
        options[2] = (byte)((options.Length - 4) >> 8);
        options[3] = unchecked((byte)(options.Length - 4));
        byte[] packet = [.. QueryFactory.Packet("www.example.org.", RecordType.A, udpSize: 1232), .. options];
        packet[^(options.Length + 2)] = (byte)(options.Length >> 8);
        packet[^(options.Length + 1)] = unchecked((byte)options.Length);
        using var query = new Query();
        Assert.That(query.Read(packet, new CountingReplyPath()), Is.EqualTo(QueryVerdict.Accepted));
        var name = Wire(string.Join('.', Enumerable.Repeat("a", WireName.MaxLabels)));
        using var other = new Query();

        Assert.That(other.RenameInPlaceOf(query, name), Is.EqualTo(QueryVerdict.Accepted));
        Assert.That(other.Edns.OptionsLength, Is.EqualTo(options.Length));
        Assert.That(other.NameAsSent.SequenceEqual(name), Is.True);
    }

    private static byte[] Wire(string name) => DnsName.Parse(name) is { IsRoot: false }
        ? QueryFactory.Packet(name, RecordType.A)[MessageHeader.Size..^MessageHeader.QuestionFixedPart]
        : [0];
}
