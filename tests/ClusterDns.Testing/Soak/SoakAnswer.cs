using ClusterDns.Testing.Conformance;

namespace ClusterDns.Testing.Soak;

/// <summary>A reply as far as it is judged.</summary>
/// <param name="Code">The response code as dig prints it.</param>
/// <param name="Data">The rdata of the answer section's records, each of its own type.</param>
internal sealed record SoakAnswer(string Code, IReadOnlyList<string> Data)
{
    public const string Failure = "SERVFAIL";

    public bool IsMissing => Code == "NXDOMAIN" && Data.Count == 0;

    public bool IsEmpty => Code == "NOERROR" && Data.Count == 0;

    /// <exception cref="FormatException">It is no reply to the query.</exception>
    public static SoakAnswer Read(byte[] query, byte[] reply)
    {
        const int WordsBeforeData = 3;
        var decoded = ReplyDecoder.Decode(query, reply);
        return decoded.Flags.Contains("TC")
            ? throw new FormatException("A reply that would have fitted is cut")
            : new SoakAnswer(decoded.ResponseCode, [.. decoded.Answer.Select(record => record.Split(' ', WordsBeforeData + 1)[^1])]);
    }

    public bool Is(string data) => Code == "NOERROR" && Data is [var only] && only == data;

    public override string ToString() => $"{Code} {string.Join(", ", Data)}";
}
