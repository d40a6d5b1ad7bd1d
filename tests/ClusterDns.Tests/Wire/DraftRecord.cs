using ClusterDns.Wire;
using CsCheck;

namespace ClusterDns.Tests.Wire;

/// <summary>A record to be written and the text that it has to be read back as.</summary>
internal sealed record DraftRecord(
    Section Section,
    DraftName Owner,
    RecordType Type,
    uint TimeToLive,
    DraftName Target,
    DraftName Mailbox,
    ushort[] Numbers,
    byte[] Data)
{
    private static readonly RecordType[] Types =
    [
        RecordType.A, RecordType.AAAA, RecordType.CNAME, RecordType.NS, RecordType.PTR, RecordType.SRV, RecordType.SOA,
        RecordType.TXT,
    ];

    /// <summary>Types that the second opinion has a class for, rdata of any size up to what a string of TXT holds.</summary>
    public static readonly Gen<DraftRecord> Usual = Of(Gen.Byte[0x20, 0x7E].Array[0, 255]);

    /// <summary>Now and then rdata so large that a few records fill a message.</summary>
    public static readonly Gen<DraftRecord> Large = Gen.Select(
        Usual,
        Gen.OneOf(Gen.Const(0), Gen.Int[0, 9_000]),
        (record, size) => size == 0 ? record : record with { Type = RecordType.NULL, Data = new byte[size] });

    public bool Write(Reply reply, QuestionName question) => Type switch
    {
        RecordType.A => reply.AddAddress(Section, Owner.Parts(question), TimeToLive, Address(4)),
        RecordType.AAAA => reply.AddAddress(Section, Owner.Parts(question), TimeToLive, Address(16)),
        RecordType.SRV => reply.AddService(
            Section, Owner.Parts(question), TimeToLive, Numbers[0], Numbers[1], Numbers[2], Target.Parts(question)),
        RecordType.SOA => reply.AddStartOfAuthority(
            Section, Owner.Parts(question), TimeToLive, Target.Parts(question), Mailbox.Parts(question), Times),
        RecordType.TXT => reply.AddRaw(
            Section, Owner.Parts(question), Type, RecordClass.IN, TimeToLive, [(byte)Data.Length, .. Data]),
        RecordType.NULL => reply.AddRaw(Section, Owner.Parts(question), Type, RecordClass.IN, TimeToLive, Data),
        _ => reply.AddName(Section, Owner.Parts(question), Type, TimeToLive, Target.Parts(question)),
    };

    /// <summary>Whether every name in it keeps to 255 octets.</summary>
    public bool IsPossible(QuestionName question, byte[] sent)
    {
        var names = Type switch
        {
            RecordType.SOA => new[] { Owner, Target, Mailbox },
            RecordType.A or RecordType.AAAA or RecordType.TXT or RecordType.NULL => [Owner],
            _ => [Owner, Target],
        };
        return names.All(name => name.Octets(question, sent).Length <= WireName.MaxLength);
    }

    /// <summary>The record as <see cref="RecordLines"/> gives it.</summary>
    public string Expect(QuestionName question, byte[] sent)
    {
        var data = Type switch
        {
            RecordType.A => Convert.ToHexString(Address(4)),
            RecordType.AAAA => Convert.ToHexString(Address(16)),
            RecordType.SRV => $"{Numbers[0]} {Numbers[1]} {Numbers[2]} {Text(Target)}",
            RecordType.SOA => $"{Text(Target)} {Text(Mailbox)} {Times.Serial} {Times.Refresh} {Times.Retry} {Times.Expire} {Times.Minimum}",
            RecordType.TXT or RecordType.NULL => Convert.ToHexString(Data),
            _ => Text(Target),
        };
        return $"{Section} {Text(Owner)} {TimeToLive} {Type} {data}";

        string Text(DraftName name) => WireName.ToText(name.Octets(question, sent));
    }

    private SoaTimes Times => new(TimeToLive, Numbers[0], Numbers[1], Numbers[2], uint.MaxValue - TimeToLive);

    private byte[] Address(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(Numbers[i % 3] >> (i % 9)))];

    private static Gen<DraftRecord> Of(Gen<byte[]> data) =>
        Gen.Select(
            Gen.Enum<Section>(),
            DraftName.Any,
            Gen.OneOf(Types.Select(Gen.Const).ToArray()),
            Gen.UInt,
            DraftName.Any,
            DraftName.Any,
            Gen.UShort.Array[3],
            data,
            (section, owner, type, timeToLive, target, mailbox, numbers, octets) =>
                new DraftRecord(section, owner, type, timeToLive, target, mailbox, numbers, octets));
}
