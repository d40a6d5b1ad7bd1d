using ClusterDns.Testing.Packets;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>What a packet costs the collector: nothing, once the reply object has served one like it.</summary>
internal sealed class CodecAllocationTests
{
    private const int WarmUp = 100;
    private const int Rounds = 1_000;

    private static readonly byte[] Address = [10, 96, 0, 1];
    private static readonly byte[] Packet =
        new PacketBuilder().Question("_https._tcp.kubernetes.default.svc.cluster.local.", RecordType.SRV).Opt(1232).ToArray();

    private readonly QuestionName _name = new();
    private readonly byte[] _output = new byte[MessageHeader.MaxMessageSize];

    private delegate void Writer(Reply reply, QuestionName name);

    [Test]
    public void Reply_OneAddress_AllocatesNothing() =>
        ExpectNoAllocation(static (reply, _) => reply.AddAddress(Section.Answer, NameParts.Question, 5, Address));

    [Test]
    public void Reply_TenAddresses_AllocatesNothing() =>
        ExpectNoAllocation(static (reply, _) =>
        {
            for (var i = 0; i < 10; i++)
            {
                reply.AddAddress(Section.Answer, NameParts.Question, 5, Address);
            }
        });

    [Test]
    public void Reply_ServiceWithAddress_AllocatesNothing() =>
        ExpectNoAllocation(static (reply, name) =>
        {
            var service = NameParts.FromQuestion(name.OffsetOf(2));
            reply.AddService(Section.Answer, NameParts.Question, 5, 0, 100, 443, service);
            reply.AddAddress(Section.Additional, service, 5, Address);
        });

    [Test]
    public void Reply_NameErrorWithStartOfAuthority_AllocatesNothing() =>
        ExpectNoAllocation(static (reply, name) =>
        {
            var zone = name.OffsetOf(name.LabelCount - 2);
            reply.Code = ResponseCode.NameError;
            reply.AddStartOfAuthority(
                Section.Authority,
                NameParts.FromQuestion(zone),
                5,
                NameParts.BeforeQuestion("\u0002ns\u0003dns"u8, zone),
                NameParts.BeforeQuestion("\u000Ahostmaster"u8, zone),
                default);
        });

    [Test]
    public void Reply_ThousandNames_AllocatesNothing() =>
        ExpectNoAllocation(static (reply, name) =>
        {
            Span<byte> label = stackalloc byte[3];
            label[0] = 2;
            for (var i = 0; i < 1_000; i++)
            {
                (label[1], label[2]) = ((byte)(i >> 8), (byte)i);
                reply.AddService(Section.Answer, NameParts.Question, 5, 0, 1, 443, NameParts.BeforeQuestion(label, name.OffsetOf(2)));
            }
        });

    [Test]
    public void Reply_WithOptionCutToTheClient_AllocatesNothing() =>
        ExpectNoAllocation(static (reply, _) =>
        {
            reply.AddOption(EdnsOption.NameServerId, Address);
            for (var i = 0; i < 200; i++)
            {
                reply.AddAddress(Section.Additional, NameParts.Whole("\u0001a\0"u8), 5, Address);
            }
        });

    [Test]
    public void Adopt_Reply_AllocatesNothing()
    {
        var source = new PacketBuilder(0x8180).Question("q.")
            .Pointer(12).Record(Section.Answer, RecordType.CNAME, 5, [1, (byte)'c', 0])
            .Name("c.").Record(Section.Answer, RecordType.A, 5, Address)
            .ToArray();
        ExpectNoAllocation((reply, _) =>
        {
            ReplyReader.TryRead(source, out var fields);
            reply.Adopt(source, fields);
        });
    }

    private void ExpectNoAllocation(Writer write)
    {
        using var reply = new Reply();
        Repeat(reply, write, WarmUp);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Repeat(reply, write, Rounds);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private void Repeat(Reply reply, Writer write, int times)
    {
        for (var i = 0; i < times; i++)
        {
            QueryReader.Read(Packet, _name, out var query);
            reply.Begin(Packet, query);
            write(reply, _name);
            reply.Finish(_output, query.Edns.UdpLimit);
        }
    }
}
