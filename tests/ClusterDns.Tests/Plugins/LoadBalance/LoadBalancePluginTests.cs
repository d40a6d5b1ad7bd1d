using ClusterDns.Plugins.LoadBalance;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Transport;
using ClusterDns.Wire;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.LoadBalance;

[TestFixture]
internal sealed class LoadBalancePluginTests
{
    private static readonly byte[] Target = DnsName.Parse("target.example.net").Wire.ToArray();

    [TestCase(RecordType.A)]
    [TestCase(RecordType.AAAA)]
    public async Task Addresses_AskedOften_ComeInEveryOrder(RecordType type)
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = query => Addresses(query, type, 3);
        var orders = new HashSet<string>();
        for (var i = 0; i < 500; i++)
        {
            orders.Add(string.Join(", ", Ask(fixture, type)));
        }

        // Missing one of six by chance: 6 x (5/6)^500.
        Assert.That(orders, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Addresses_WithTimesToLive_MoveTogetherWithTheirs()
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = query => Addresses(query, RecordType.A, 20);

        Assert.That(
            Ask(fixture, RecordType.A),
            Is.EquivalentTo(Enumerable.Range(0, 20).Select(i => $"a.example.org. {i} A 10.0.0.{i}")));
    }

    [Test]
    public async Task Addresses_BehindCNames_AreShuffledAndChainsStayFirst()
    {
        await using var fixture = LoadBalance("loadbalance round_robin");
        fixture.Rest = query =>
        {
            query.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 30, NameParts.Whole(Target));
            for (byte i = 0; i < 4; i++)
            {
                query.Reply.AddAddress(Section.Answer, NameParts.Whole(Target), 30, [10, 0, 0, i]);
            }

            return ServeResult.Answered;
        };
        var replies = Enumerable.Range(0, 200).Select(_ => Ask(fixture, RecordType.A)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(replies.Select(r => r[0]).Distinct(), Is.EqualTo(["a.example.org. 30 CNAME target.example.net."]));
            Assert.That(replies.Select(r => r[1]).Distinct().Count(), Is.EqualTo(4));
            Assert.That(replies, Has.All.EquivalentTo(replies[0]));
        }
    }

    [Test]
    public async Task Addresses_OfDifferentOwnersAndSections_StayWithTheirOwners()
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = query =>
        {
            for (byte pod = 0; pod < 10; pod++)
            {
                NameParts owner = NameParts.BeforeQuestion([2, (byte)'p', (byte)('0' + pod)], 0);
                query.Reply.AddService(Section.Answer, NameParts.Question, 30, 0, 10, 80, owner);
            }

            for (byte pod = 0; pod < 10; pod++)
            {
                NameParts owner = NameParts.BeforeQuestion([2, (byte)'p', (byte)('0' + pod)], 0);
                query.Reply.AddAddress(Section.Additional, owner, 30, [10, 0, pod, 1]);
                query.Reply.AddAddress(Section.Additional, owner, 30, [10, 0, pod, 2]);
            }

            return ServeResult.Answered;
        };

        Assert.That(
            Ask(fixture, RecordType.SRV).Where(line => line.Contains(" A ", StringComparison.Ordinal)),
            Is.EquivalentTo(Enumerable.Range(0, 10).SelectMany(pod =>
                new[] { $"p{pod}.a.example.org. 30 A 10.0.{pod}.1", $"p{pod}.a.example.org. 30 A 10.0.{pod}.2" })));
    }

    [Test]
    public async Task Addresses_MoreThanADatagram_EveryOneComesIntoTheCutReply()
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = query => Addresses(query, RecordType.A, 200);
        var sent = new HashSet<string>();
        for (var i = 0; i < 300; i++)
        {
            using var query = QueryFactory.Ask("a.example.org", RecordType.A);
            fixture.Ask(query);
            var packet = new byte[512];
            query.Reply.Finish(packet, packet.Length);
            sent.UnionWith(ReplyText.Of(query.Reply));
        }

        Assert.That(sent, Has.Count.EqualTo(200));
    }

    [Test]
    public async Task Addresses_AsManyAsFitOverTcp_AllThereOnce()
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = query => Addresses(query, RecordType.A, 4000);
        using var query = QueryFactory.Ask("a.example.org", RecordType.A, protocol: TransportProtocol.Tcp);
        fixture.Ask(query);

        Assert.That(ReplyText.Of(query.Reply).Distinct().Count(), Is.EqualTo(4000));
    }

    [Test]
    public async Task MailExchanges_AskedOften_ComeLastInEveryOrderWithNamesIntact()
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = MailExchanges;
        var replies = Enumerable.Range(0, 300).Select(_ => Ask(fixture, RecordType.MX)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(replies.Select(reply => string.Join(", ", reply.Take(4))).Distinct().Count(), Is.EqualTo(6));
            Assert.That(replies, Has.All.EquivalentTo(replies[0]));
            Assert.That(replies.Select(reply => reply[0]).Distinct(), Is.EqualTo(["a.example.org. 30 CNAME target.example.net."]));
            Assert.That(
                replies[0].Skip(4).Order(),
                Is.EqualTo(["m0.target.example.net. 30 A 10.0.0.0", "m1.target.example.net. 30 A 10.0.0.1", "m2.target.example.net. 30 A 10.0.0.2"]));
        }
    }

    [Test]
    public async Task MailExchanges_Shuffled_KeepFlagsRcodeAndSize()
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = query =>
        {
            MailExchanges(query);
            (query.Reply.IsAuthoritative, query.Reply.IsRecursionAvailable, query.Reply.IsAuthenticData) = (true, true, true);
            return ServeResult.Answered;
        };
        using var plain = QueryFactory.Ask("a.example.org", RecordType.MX);
        MailExchanges(plain);
        using var query = QueryFactory.Ask("a.example.org", RecordType.MX);
        fixture.Ask(query);
        var reply = query.Reply;

        Assert.That(
            (reply.IsAuthoritative, reply.IsRecursionAvailable, reply.IsAuthenticData, reply.IsTruncated, reply.UncompressedLength),
            Is.EqualTo((true, true, true, false, plain.Reply.UncompressedLength)));
    }

    [TestCase(ResponseCode.NameError, RecordType.A)]
    [TestCase(ResponseCode.NoError, RecordType.AXFR)]
    public async Task Reply_NotAnOrdinaryAnswer_IsLeftAlone(ResponseCode code, RecordType type)
    {
        await using var fixture = LoadBalance("loadbalance");
        fixture.Rest = query =>
        {
            Addresses(query, RecordType.A, 20);
            query.Reply.Code = code;
            return ServeResult.Answered;
        };

        Assert.That(
            Ask(fixture, type),
            Is.EqualTo(Enumerable.Range(0, 20).Select(i => $"a.example.org. {i} A 10.0.0.{i}")));
    }

    [Test]
    public async Task Weighted_AskedOften_FirstAddressFollowsTheWeights()
    {
        const int queries = 6000;
        using var file = new WeightFileOnDisk("A.example.org\n10.0.0.0 3\n10.0.0.1 1\n10.0.0.2 2\n");
        await using var fixture = LoadBalance($"loadbalance weighted {file.Path}");
        fixture.Rest = query => Addresses(query, RecordType.A, 3);
        var firsts = Enumerable.Range(0, queries).CountBy(_ => Ask(fixture, RecordType.A)[0]).ToDictionary();

        // Ten standard deviations and more.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(firsts["a.example.org. 0 A 10.0.0.0"], Is.EqualTo(queries / 2).Within(400));
            Assert.That(firsts["a.example.org. 1 A 10.0.0.1"], Is.EqualTo(queries / 6).Within(400));
            Assert.That(firsts["a.example.org. 2 A 10.0.0.2"], Is.EqualTo(queries / 3).Within(400));
        }
    }

    [Test]
    public async Task Prefer_SomeAddresses_ComeFirstInTheOrderOfTheNetworks()
    {
        await using var fixture = LoadBalance("loadbalance {\n prefer 10.0.0.8/31 10.0.0.4/32\n}");
        fixture.Rest = query => Addresses(query, RecordType.A, 10);
        var replies = Enumerable.Range(0, 200).Select(_ => Ask(fixture, RecordType.A)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(replies.Select(r => r[0]).Distinct(), Is.EquivalentTo(["a.example.org. 8 A 10.0.0.8", "a.example.org. 9 A 10.0.0.9"]));
            Assert.That(replies.Select(r => r[2]).Distinct(), Is.EqualTo(["a.example.org. 4 A 10.0.0.4"]));
            Assert.That(replies.Select(r => r[3]).Distinct().Count(), Is.EqualTo(7));
            Assert.That(replies, Has.All.EquivalentTo(replies[0]));
        }
    }

    [TestCase("loadbalance")]
    [TestCase("loadbalance {\n prefer 10.0.0.8/31\n}")]
    public async Task Query_Answered_AllocatesNothing(string directive)
    {
        await using var fixture = LoadBalance(directive);
        fixture.Rest = _ => ServeResult.Answered;
        var chain = fixture.Chain();
        using var query = QueryFactory.Ask("a.example.org", RecordType.A);
        Addresses(query, RecordType.A, 30);

        Assert.That(Allocation.Of(() => chain.ServeAsync(query)), Is.Zero);
    }

    private static PluginFixture LoadBalance(string line) => new(LoadBalanceDirective.Descriptor, line);

    private static List<string> Ask(PluginFixture fixture, RecordType type)
    {
        using var query = QueryFactory.Ask("a.example.org", type);
        fixture.Ask(query);
        return ReplyText.Of(query.Reply);
    }

    private static ServeResult Addresses(Query query, RecordType type, int count)
    {
        Span<byte> address = stackalloc byte[type == RecordType.AAAA ? 16 : 4];
        address[0] = 10;
        for (var i = 0; i < count; i++)
        {
            address[^2] = (byte)(i >> 8);
            address[^1] = (byte)i;
            query.Reply.AddAddress(Section.Answer, NameParts.Question, (uint)i, address);
        }

        return ServeResult.Answered;
    }

    // The hosts' names stand in the MX records, and their addresses' owners point there.
    private static ServeResult MailExchanges(Query query)
    {
        Span<byte> data = stackalloc byte[2 + WireName.MaxLength];
        using var source = QueryFactory.Ask("a.example.org", RecordType.MX);
        for (byte i = 0; i < 3; i++)
        {
            ((ReadOnlySpan<byte>)[0, 10, 2, (byte)'m', (byte)('0' + i)]).CopyTo(data);
            Target.CopyTo(data[5..]);
            source.Reply.AddRaw(
                Section.Answer, NameParts.Question, RecordType.MX, RecordClass.IN, 30, data[..(5 + Target.Length)]);
        }

        var records = source.Reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            query.Reply.AddCopy(Section.Answer, source.Reply.Message, record);
        }

        query.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 30, NameParts.Whole(Target));
        for (byte i = 0; i < 3; i++)
        {
            query.Reply.AddAddress(Section.Additional, NameParts.Before([2, (byte)'m', (byte)('0' + i)], Target), 30, [10, 0, 0, i]);
        }

        return ServeResult.Answered;
    }
}
