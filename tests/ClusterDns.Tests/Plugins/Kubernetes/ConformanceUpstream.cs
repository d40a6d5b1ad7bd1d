using ClusterDns.Serving;
using ClusterDns.Wire;

namespace ClusterDns.Tests.Plugins.Kubernetes;

/// <summary>
/// Stands where the recorded servers had <c>forward</c>: knows <c>www.interwebs.test.</c>, denies everything else.
/// </summary>
internal sealed class ConformanceUpstream : Plugin
{
    private const uint TimeToLive = 60;

    private static readonly DnsName Zone = DnsName.Parse("interwebs.test.");
    private static readonly DnsName Host = DnsName.Parse("www.interwebs.test.");

    public override string Name => "upstream";

    public override ValueTask<ServeResult> ServeAsync(Query query)
    {
        query.Reply.IsRecursionAvailable = true;
        if (query.Name.Wire.SequenceEqual(Host.Wire))
        {
            WriteHost(query);
        }
        else
        {
            query.Reply.Code = query.Name.Wire.SequenceEqual(Zone.Wire) ? ResponseCode.NoError : ResponseCode.NameError;
        }

        if (query.Reply.AnswerCount == 0)
        {
            WriteAuthority(query);
        }

        return new ValueTask<ServeResult>(ServeResult.Answered);
    }

    private static void WriteHost(Query query)
    {
        switch (query.Type)
        {
            case RecordType.A:
                Add(query, [198, 51, 100, 10]);
                break;
            case RecordType.AAAA:
                Add(query, [0x20, 0x01, 0x0D, 0xB8, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10]);
                break;
            case RecordType.TXT:
                Add(query, "\u000bhello world\u000dsecond string"u8);
                break;
        }
    }

    private static void Add(Query query, ReadOnlySpan<byte> data) =>
        query.Reply.AddRaw(Section.Answer, NameParts.Question, query.Type, RecordClass.IN, TimeToLive, data);

    private static void WriteAuthority(Query query)
    {
        var (owner, primary, mailbox, times) = query.Name.IsAtOrBelow(Zone)
            ? (Zone, "ns1.interwebs.test.", "hostmaster.interwebs.test.", new SoaTimes(2024010101, 7200, 900, 1209600, 60))
            : (DnsName.Root, "a.root.test.", "nstld.root.test.", new SoaTimes(2024020202, 7200, 900, 1209600, 90));
        query.Reply.AddStartOfAuthority(
            Section.Authority,
            NameParts.Whole(owner.Wire),
            TimeToLive,
            NameParts.Whole(DnsName.Parse(primary).Wire),
            NameParts.Whole(DnsName.Parse(mailbox).Wire),
            times);
    }
}
