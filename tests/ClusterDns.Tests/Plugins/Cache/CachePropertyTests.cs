using ClusterDns.Plugins.Cache;
using ClusterDns.Serving;
using ClusterDns.Testing;
using ClusterDns.Tests.Wire;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Cache;

/// <summary>What holds for any reply, any TTL, any two questions.</summary>
[TestFixture]
internal sealed class CachePropertyTests
{
    private const int Iterations = 500;

    private static readonly Gen<DraftRecord[]> Records =
        DraftRecord.Usual.Array[0, 30].Select(all => all.OrderBy(record => record.Section).ToArray());

    private static readonly Gen<Question> Questions =
        Gen.Select(
            Gen.OneOf("a", "A", "b", "aa", "a.a", "A.b"),
            Gen.OneOf(RecordType.A, RecordType.AAAA, RecordType.TXT, (RecordType)257),
            Gen.OneOf(RecordClass.IN, RecordClass.CH, (RecordClass)65),
            Gen.Bool,
            Gen.Bool,
            (name, type, recordClass, dnssecOk, checkingDisabled) =>
                new Question(name + ".example.org.", type, recordClass, dnssecOk, checkingDisabled));

    [Test]
    public async Task Hit_OfAnyReply_HasTheOctetsThatWentIn()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        var number = 0;
        Gen.Select(Records, Gen.Bool, Gen.Bool).Sample(
            (records, isRecursionAvailable, withEdns) =>
            {
                var name = $"n{Interlocked.Increment(ref number)}.A.example.org.";
                var first = Ask(name);
                scene.Upstream = query => Write(query, records, isRecursionAvailable);
                scene.ServeAsync(first).AsTask().Wait();
                var asked = scene.Asked;
                var second = withEdns ? QueryFactory.Ask(name, RecordType.A, udpSize: 4096) : Ask(name);
                scene.ServeAsync(second).AsTask().Wait();
                return scene.Asked == asked
                    && second.Reply.Body.SequenceEqual(first.Reply.Body)
                    && second.Reply.Shape == first.Reply.Shape
                    && second.Reply.Code == first.Reply.Code
                    && second.Reply.UncompressedLength == first.Reply.UncompressedLength
                    && second.Reply.IsRecursionAvailable == isRecursionAvailable
                    && second.Reply.IsAuthoritative
                    && WithoutCounts(Finish(second), second.Reply) == WithoutCounts(Finish(first), first.Reply);
            },
            iter: Iterations,
            threads: 1);
    }

    [Test]
    public async Task Hit_InAnyOtherSpelling_IsTheSameReplyToThatSpelling()
    {
        await using var scene = await CacheScene.StartAsync("cache");
        var number = 0;
        Records.Sample(
            records =>
            {
                var name = $"n{Interlocked.Increment(ref number)}.spelt.example.org.";
                scene.Upstream = query => Write(query, records, true);
                var first = Ask(name);
                scene.ServeAsync(first).AsTask().Wait();
                var second = Ask(name.Replace("spelt", "SPELT", StringComparison.Ordinal));
                scene.ServeAsync(second).AsTask().Wait();
                return Lines(second).SequenceEqual(Lines(first), StringComparer.OrdinalIgnoreCase)
                    && second.Reply.QuestionName.SequenceEqual(second.NameAsSent);
            },
            iter: Iterations,
            threads: 1);
    }

    [Test]
    public async Task TimeToLive_OfAnyReply_IsOneForAllWithinTheBoundsAndCountsDown()
    {
        await using var scene = await CacheScene.StartAsync("cache {\n success 9984 1000 3\n denial 9984 600 2\n serve_stale 1m immediate 7s\n}");
        var number = 0;
        Gen.Select(Records, Gen.Bool, Gen.Int[0, 1500].Array[1, 8]).Sample(
            (records, isDenial, steps) =>
            {
                var name = $"n{Interlocked.Increment(ref number)}.example.org.";
                scene.Upstream = query => isDenial
                    ? Upstreams.NameError(query, records.Length > 0 ? records[0].TimeToLive : 5)
                    : Write(query, records, true);
                var first = Ask(name);
                scene.ServeAsync(first).AsTask().Wait();
                var top = isDenial ? 600u : 1000u;
                var last = AllTimesToLive(first.Reply).Append(top).Max();
                var isGood = AreOneWithin(first.Reply, isDenial ? 2u : 3u, top);
                var asked = scene.Asked;
                foreach (var step in steps)
                {
                    scene.Clock.Advance(TimeSpan.FromMilliseconds(step));
                    var next = Ask(name);
                    scene.ServeAsync(next).AsTask().Wait();
                    if (scene.Asked != asked)
                    {
                        break;
                    }

                    isGood &= AreOneWithin(next.Reply, 1, last);
                    last = AllTimesToLive(next.Reply).Append(last).Min();
                }

                return isGood;
            },
            iter: Iterations,
            threads: 1);
    }

    [Test]
    public void Remaining_AtAnyTime_IsFromOneToAllOfIt() =>
        Gen.Select(Gen.UInt[1, int.MaxValue], Gen.Long[-100, long.MaxValue / 4], Gen.Long[0, 3_000_000_000]).Sample(
            (timeToLive, stored, after) =>
            {
                const long second = 1_000_000_000;
                var query = Ask("a.");
                var until = stored + (timeToLive * second / 4);
                var entry = CacheEntry.Of(new CacheKey(query, 1), query.Reply, false, timeToLive, until, until);
                var early = entry.Remaining(stored + after, second);
                var late = entry.Remaining(stored + after + 1, second);
                return early >= 1 && early <= timeToLive && late <= early;
            });

    [Test]
    public Task Entries_OfAnyTwoQuestions_AreSharedOnlyIfNothingButTheLetterCaseDiffers() =>
        Gen.Select(Questions, Questions).SampleAsync(
            async (stored, asked) =>
            {
                var scene = await CacheScene.StartAsync("cache .");
                await using var _ = scene.ConfigureAwait(false);
                scene.Upstream = query => Upstreams.Bare(query, ResponseCode.NoError);
                await scene.ServeAsync(stored.Ask());
                await scene.ServeAsync(asked.Ask());
                var isSame = asked with { Name = "" } == stored with { Name = "" }
                    && asked.Name.Equals(stored.Name, StringComparison.OrdinalIgnoreCase);
                return scene.Asked == (isSame ? 1 : 2);
            },
            iter: 300);

    private static Query Ask(string name) => QueryFactory.Ask(name, RecordType.A);

    // An address comes first, so that the reply is one that is kept; names of over 255 octets leave records out.
    private static ServeResult Write(Query query, DraftRecord[] records, bool isRecursionAvailable)
    {
        var reply = Upstreams.Begin(query, ResponseCode.NoError);
        reply.IsRecursionAvailable = isRecursionAvailable;
        reply.AddAddress(Section.Answer, NameParts.Question, records.Length > 0 ? records[0].TimeToLive : 60, [192, 0, 2, 1]);
        foreach (var record in records)
        {
            record.Write(reply, query.Name);
        }

        return ServeResult.Answered;
    }

    private static byte[] Finish(Query query)
    {
        var packet = new byte[query.Reply.FinishedLength];
        return packet[..query.Reply.Finish(packet, packet.Length)];
    }

    private static string WithoutCounts(byte[] packet, Reply reply) =>
        Convert.ToHexString(packet.AsSpan(MessageHeader.Size, reply.Length - MessageHeader.Size));

    private static List<string> Lines(Query query) => RecordLines.ByUs(Finish(query), query.Reply.QuestionEnd);

    private static List<uint> AllTimesToLive(Reply reply)
    {
        var all = new List<uint>();
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            all.Add(record.TimeToLive);
        }

        return all;
    }

    private static bool AreOneWithin(Reply reply, uint fewest, uint most) =>
        AllTimesToLive(reply) is var all
        && all.Distinct().Count() <= 1
        && all.TrueForAll(ttl => ttl >= fewest && ttl <= most);

    private sealed record Question(string Name, RecordType Type, RecordClass Class, bool DnssecOk, bool CheckingDisabled)
    {
        public Query Ask() => QueryFactory.Ask(
            Name,
            Type,
            Class,
            udpSize: 1232,
            dnssecOk: DnssecOk,
            flags: CheckingDisabled ? MessageHeader.CheckingDisabledFlag : MessageHeader.RecursionDesiredFlag);
    }
}
