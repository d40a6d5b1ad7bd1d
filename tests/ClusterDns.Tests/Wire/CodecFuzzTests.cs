using System.Runtime.ExceptionServices;
using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>
/// Damaged packets through everything that looks at octets from outside, formatting included. An exception costs so much
/// time that a flood of packets that throw is an attack, even if each is caught: none is thrown.
/// </summary>
internal sealed class CodecFuzzTests
{
    private const int Rounds = 60_000;

    private static readonly byte[][] Corpus =
    [
        new PacketBuilder().Question("kubernetes.default.svc.cluster.local.").Opt(1232, 0x8000, 0, 10, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8).ToArray(),
        new PacketBuilder().Question("a.").ToArray(),
        new PacketBuilder(0x8180).Question("www.example.org.")
            .Pointer(12).Record(Section.Answer, RecordType.CNAME, 300, [1, (byte)'w', 0xC0, 16])
            .Name("w").Pointer(16).Record(Section.Answer, RecordType.A, 300, [192, 0, 2, 1])
            .Pointer(16).Record(Section.Authority, RecordType.SOA, 300, [0xC0, 12, 1, (byte)'h', 0xC0, 16, .. new byte[20]])
            .Pointer(12).Record(Section.Additional, RecordType.SRV, 300, [0, 1, 0, 2, 0, 3, 0xC0, 12])
            .Pointer(12).Record(Section.Additional, RecordType.NAPTR, 300, [0, 1, 0, 2, 1, 65, 3, 65, 66, 67, 0, 0xC0, 12])
            .Pointer(12).Record(Section.Additional, RecordType.MX, 300, [0, 1, 0xC0, 20])
            .Opt(1232, 0, 0, 15, 0, 2, 0, 1)
            .ToArray(),
        new PacketBuilder(0x8180).Question("_x._tcp.s.n.svc.cluster.local.", RecordType.SRV)
            .Pointer(12).Record(Section.Answer, RecordType.SRV, 5, [0, 0, 0, 100, 1, 187, 1, (byte)'h', 0xC0, 20])
            .Pointer(12).Record(Section.Answer, RecordType.TXT, 5, [2, 104, 105])
            .Name("h").Pointer(20).Record(Section.Additional, RecordType.AAAA, 5, new byte[16])
            .ToArray(),
    ];

    [TestCase(1)]
    [TestCase(20)]
    [TestCase(300)]
    public void Codec_DamagedPackets_ThrowNothing(int seed)
    {
        var random = new Random(seed);
        var name = new QuestionName();
        using var reply = new Reply();
        var output = new byte[MessageHeader.MaxMessageSize];
        var (thread, thrown, accepted, adopted) = (Environment.CurrentManagedThreadId, 0, 0, 0);
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                accepted += Serve(Damage(random), name, reply, output, random) ? 1 : 0;
                adopted += Adopt(Damage(random), name, reply, output, random) ? 1 : 0;
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown, Is.Zero);
            Assert.That(accepted, Is.GreaterThan(Rounds / 50), "otherwise the damage is too great to find anything");
            Assert.That(adopted, Is.GreaterThan(Rounds / 50));
        }

        void Count(object? sender, FirstChanceExceptionEventArgs e) =>
            thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
    }

    private static bool Serve(byte[] packet, QuestionName name, Reply reply, byte[] output, Random random)
    {
        if (QueryReader.Read(packet, name, out var query) is not (QueryVerdict.Accepted or QueryVerdict.BadVersion))
        {
            return false;
        }

        reply.Begin(packet, query);
        query.Edns.TryFindOption(packet, EdnsOption.Cookie, out var cookie);
        reply.AddOption(EdnsOption.Cookie, cookie);
        var tail = name.OffsetOf(random.Next(name.LabelCount + 1));
        reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, NameParts.BeforeQuestion([1, (byte)'c'], tail));
        reply.AddService(Section.Answer, NameParts.FromQuestion(tail), 5, 0, 0, 0, NameParts.Whole(name.Wire));
        reply.Finish(output, random.Next(MessageHeader.MaxMessageSize));
        return WireName.ToText(reply.QuestionName).Length > 0;
    }

    // The question is ours; what comes back is theirs.
    private static bool Adopt(byte[] packet, QuestionName name, Reply reply, byte[] output, Random random)
    {
        QueryReader.Read(Corpus[0], name, out var query);
        reply.Begin(Corpus[0], query);
        if (!ReplyReader.TryRead(packet, out var fields) || !reply.Adopt(packet, fields))
        {
            return false;
        }

        fields.Repeats(packet, Corpus[0].AsSpan(MessageHeader.Size..query.QuestionEnd));
        var records = reply.ReadRecords();
        Span<byte> owner = stackalloc byte[WireName.MaxLength];
        while (records.TryRead(out var record))
        {
            var position = record.Offset;
            NameReader.TryRead(reply.Message, ref position, owner, out var length);
            WireName.ToText(owner[..length]);
            reply.SetTimeToLive(record, 0);
        }

        reply.Finish(output, random.Next(600));
        return !records.IsMalformed;
    }

    private static byte[] Damage(Random random)
    {
        var packet = Corpus[random.Next(Corpus.Length)];
        byte[] damaged = random.Next(4) == 0 ? packet[..random.Next(packet.Length)] : [.. packet];
        for (var writes = random.Next(4); writes > 0 && damaged.Length > 0; writes--)
        {
            damaged[random.Next(damaged.Length)] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(0xC0 | random.Next(2)),
                _ => (byte)random.Next(64),
            };
        }

        return damaged;
    }
}
