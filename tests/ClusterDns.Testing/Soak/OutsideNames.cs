using ClusterDns.Wire;

namespace ClusterDns.Testing.Soak;

/// <summary>Names of the world, whose answers follow from the name alone.</summary>
internal static class OutsideNames
{
    private const int HotNames = 60;
    private const int Kinds = 4;
    private const int HotSeconds = 5;

    /// <summary>A name that is asked again and again, or one that nobody asked before.</summary>
    public static SoakQuestion Ask(Random random, long fresh)
    {
        var number = random.Next(2) == 0 ? random.Next(HotNames) : fresh + HotNames;
        var name = $"name-{number}.outside.test.";
        return (number % Kinds) switch
        {
            0 => New(name, RecordType.AAAA, answer => answer.Is(Address6(number))),
            1 => New(name, RecordType.A, static answer => answer.IsMissing),
            2 => New(name, RecordType.TXT, answer => answer.Is($"\"text-{number}\"")),
            _ => New(name, RecordType.A, answer => answer.Is(Address(number))),
        };
    }

    /// <summary>What an upstream says.</summary>
    public static byte[] Answer(FakeQuery query)
    {
        var label = query.Name.ToLowerInvariant().Split('.')[0];
        if (!label.StartsWith("name-", StringComparison.Ordinal) || !long.TryParse(label.AsSpan(5), out var number))
        {
            return Deny(query, ResponseCode.NameError);
        }

        return ((number % Kinds), query.Type) switch
        {
            (0, RecordType.AAAA) => query.Answer($"{query.Name} {HotSeconds} AAAA {Address6(number)}"),
            (1, _) => Deny(query, ResponseCode.NameError),
            (2, RecordType.TXT) => query.Answer($"{query.Name} {HotSeconds} TXT text-{number}"),
            (3, RecordType.A) => query.Answer($"{query.Name} {HotSeconds} A {Address(number)}"),
            _ => Deny(query, ResponseCode.NoError),
        };
    }

    private static byte[] Deny(FakeQuery query, ResponseCode code) => new FakeReply(query)
    {
        Code = code,
        Authorities = [FakeRecord.Parse($"test. {HotSeconds} SOA ns.test. admin.test. 1 7200 1800 86400 {HotSeconds}")],
    }.ToArray();

    private static SoakQuestion New(string name, RecordType type, Func<SoakAnswer, bool> isRight) =>
        new(name, type, IsOutside: true, (answer, _, _) => isRight(answer));

    private static string Address(long number) => $"198.{18 + ((number >> 16) & 1)}.{(number >> 8) & 255}.{number & 255}";

    private static string Address6(long number) => $"2001:db8::{(number >> 16) + 1:x}:{(number & 0xFFFF) + 1:x}";
}
