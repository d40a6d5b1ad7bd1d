using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Wire;

/// <summary>An RRset of addresses written at once, against the same records one by one.</summary>
internal sealed class ReplyAddressesTests
{
    private static readonly string[] Owners = ["", "a.web-0.svc.", "longer.name.elsewhere.", "x.web-0.svc.", "."];

    private static readonly Gen<Rrset> Rrsets = Gen.Select(
        Gen.Bool.Select(isIPv4 => isIPv4 ? 4 : 16),
        Gen.Int[0, 6000],
        Gen.Int[0, Owners.Length - 1].Select(index => Owners[index]),
        Gen.Bool,
        (size, count, owner, isAdditional) => new Rrset(size, count, owner, isAdditional));

    [Test]
    public void AddAddresses_OfAnyRrset_IsTheSameAsOneByOne() =>
        Gen.Select(Rrsets.Array[1, 3], Gen.Int[0, 70_000]).Sample(
            (rrsets, limit) =>
            {
                using var whole = ReplyScene.Of("a.web-0.Svc.", udpSize: 4096);
                using var single = ReplyScene.Of("a.web-0.Svc.", udpSize: 4096);
                foreach (var rrset in rrsets.OrderBy(each => each.Section))
                {
                    if (rrset.AddWhole(whole.Reply) != rrset.AddSingly(single.Reply))
                    {
                        return false;
                    }
                }

                return whole.Reply.Shape == single.Reply.Shape
                    && whole.Reply.UncompressedLength == single.Reply.UncompressedLength
                    && whole.Reply.IsTruncated == single.Reply.IsTruncated
                    && whole.Finish(limit).AsSpan().SequenceEqual(single.Finish(limit));
            },
            iter: 500);

    [Test]
    public void SkipRepeats_InAnyReply_PassesOverRecordsThatReadAlike() =>
        Rrsets.Array[1, 4].Sample(
            rrsets =>
            {
                using var scene = ReplyScene.Of("a.web-0.svc.");
                foreach (var rrset in rrsets.OrderBy(each => each.Section))
                {
                    rrset.AddWhole(scene.Reply);
                }

                var all = scene.Reply.ReadRecords();
                var few = scene.Reply.ReadRecords();
                while (few.TryRead(out var record))
                {
                    var repeats = few.SkipRepeats(record);
                    for (var i = 0; i <= repeats; i++)
                    {
                        if (!all.TryRead(out var each) || each.Type != record.Type || each.Section != record.Section)
                        {
                            return false;
                        }
                    }

                    if (all.Position != few.Position)
                    {
                        return false;
                    }
                }

                return !all.TryRead(out _);
            },
            iter: 200);

    private sealed record Rrset(int Size, int Count, string Owner, bool IsAdditional)
    {
        public Section Section => IsAdditional ? Section.Additional : Section.Answer;

        private byte[] Octets => [.. Enumerable.Range(0, Size * Count).Select(i => (byte)(i * 31))];

        public bool AddWhole(Reply reply) => reply.AddAddresses(Section, Parts(), 30, Size, Octets);

        public bool AddSingly(Reply reply)
        {
            var octets = Octets;
            for (var at = 0; at < octets.Length; at += Size)
            {
                if (!reply.AddAddress(Section, Parts(), 30, octets.AsSpan(at, Size)))
                {
                    return false;
                }
            }

            return true;
        }

        private NameParts Parts() => Owner.Length == 0 ? NameParts.Question : ReplyScene.Whole(Owner);
    }
}
