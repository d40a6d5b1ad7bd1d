using ClusterDns.Serving;
using ClusterDns.Testing.Packets;
using ClusterDns.Tests.Wire;
using ClusterDns.Wire;
using CsCheck;
using NUnit.Framework;

namespace ClusterDns.Tests.Plugins.Rewrite;

/// <summary>What went forth comes back: of any name under a suffix, in any spelling, the client sees nothing but its own.</summary>
[TestFixture]
internal sealed class RewritePropertyTests
{
    private const int Iterations = 500;

    private static readonly Gen<byte[]> Names = NameGenerators.Any.Select(
        name => name.Length > WireName.MaxLength - 20 ? [0] : name);

    [TestCase("rewrite name suffix .from.x. .somewhere.else. answer auto")]
    [TestCase("rewrite continue name suffix .from.x. .by.the.way. answer auto\nrewrite name suffix .by.the.way. .else. answer auto")]
    [TestCase("rewrite name regex (.*)\\.from\\.x {1}.else answer auto")]
    [TestCase("rewrite name regex (.*)\\.from\\.x {1}.else answer name (.*)\\.else\\.$ {1}.from.x answer value (.*)\\.else\\.$ {1}.from.x")]
    public async Task Names_RewrittenForthAndBack_AreTheClients(string rules)
    {
        await using var scene = new RewriteScene(rules);
        scene.Fixture.Rest = query =>
        {
            // The rewritten name as owner and target, in the spelling of the question and in capitals.
            var shouted = query.Name.Wire.ToArray();
            query.Reply.AddName(Section.Answer, NameParts.Question, RecordType.CNAME, 5, NameParts.Question);
            query.Reply.AddAddress(Section.Answer, NameParts.Whole(Shout(shouted)), 5, [10, 0, 0, 1]);
            query.Reply.AddService(Section.Authority, NameParts.Question, 5, 1, 2, 3, NameParts.Whole(shouted));
            return ServeResult.Answered;
        };

        Names.Where(name => name.Length > 1).Sample(
            front =>
            {
                byte[] name = [.. front[..^1], 4, .. "fRom"u8, 1, .. "X"u8, 0];
                var packet = new PacketBuilder().Octets(name).UInt16(1).UInt16(1).WithCounts(1, 0, 0, 0).ToArray();
                using var query = new Query();
                query.ReadInPlaceOf(query, packet);
                var result = scene.Fixture.Ask(query);
                return result == ServeResult.Answered
                    && query.Reply.QuestionName.SequenceEqual(name)
                    && AllNames(query.Reply).All(found => found.AsSpan().SequenceEqual(name));
            },
            iter: Iterations,
            threads: 1);
    }

    private static byte[] Shout(byte[] name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            name[i] = name[i] is >= (byte)'a' and <= (byte)'z' ? (byte)(name[i] & ~0x20) : name[i];
        }

        return name;
    }

    private static List<byte[]> AllNames(Reply reply)
    {
        var names = new List<byte[]>();
        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            names.Add(NameAt(reply, record.Offset));
            if (record.Type != RecordType.A)
            {
                names.Add(NameAt(reply, record.Type == RecordType.SRV ? record.DataOffset + 6 : record.DataOffset));
            }
        }

        return names.Count == 5 ? names : throw new InvalidOperationException($"{names.Count} names");
    }

    private static byte[] NameAt(Reply reply, int position)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        return NameReader.TryRead(reply.Message, ref position, name, out var length)
            ? name[..length].ToArray()
            : throw new FormatException();
    }
}
