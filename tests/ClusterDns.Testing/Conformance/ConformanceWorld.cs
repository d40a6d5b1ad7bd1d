using System.Net;
using ClusterDns.Wire;

namespace ClusterDns.Testing.Conformance;

/// <summary>
/// The upstream of the conformance set as a server on sockets: knows <c>www.interwebs.test.</c>, denies everything else,
/// with TTLs of 60.
/// </summary>
internal static class ConformanceWorld
{
    private const string Zone = "interwebs.test.";
    private const string Host = "www.interwebs.test.";

    private static readonly FakeRecord ZoneAuthority = FakeRecord.Parse(
        $"{Zone} 60 SOA ns1.{Zone} hostmaster.{Zone} 2024010101 7200 900 1209600 60");

    private static readonly FakeRecord RootAuthority = FakeRecord.Parse(
        ". 60 SOA a.root.test. nstld.root.test. 2024020202 7200 900 1209600 90");

    private static readonly FakeRecord[] Records =
    [
        FakeRecord.Parse($"{Host} 60 A 198.51.100.10"),
        FakeRecord.Parse($"{Host} 60 AAAA 2001:db8:1::10"),
        FakeRecord.Parse($@"{Host} 60 TXT \# 26 0b68656c6c6f20776f726c640d7365636f6e6420737472696e67"),
        ZoneAuthority,
    ];

    public static FakeUpstream Start() => new() { Script = query => [new FakeAction.Send(Answer(query))] };

    /// <summary>The reply to a whole query message, for an upstream without sockets.</summary>
    public static byte[] Answer(ReadOnlyMemory<byte> message) =>
        Answer(new FakeQuery(message.ToArray(), FakeProtocol.Udp, new IPEndPoint(IPAddress.Loopback, 0), Connection: 0));

    private static byte[] Answer(FakeQuery query)
    {
        var name = query.Name.ToLowerInvariant();
        var owned = Records.Where(record => WireName.ToText(record.Owner) == name).ToList();
        FakeRecord[] answers = [.. owned.Where(record => record.Type == query.Type).Select(Asked)];
        return new FakeReply(query)
        {
            Code = owned.Count > 0 ? ResponseCode.NoError : ResponseCode.NameError,
            Answers = answers,
            Authorities = answers.Length > 0 ? [] : [name == Zone || name.EndsWith('.' + Zone, StringComparison.Ordinal) ? ZoneAuthority : RootAuthority],
        }.ToArray();

        // As it was spelt.
        FakeRecord Asked(FakeRecord record) => record with { Owner = query.Question[..^MessageHeader.QuestionFixedPart].ToArray() };
    }
}
