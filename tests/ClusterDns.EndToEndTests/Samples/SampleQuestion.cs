using ClusterDns.Wire;

namespace ClusterDns.EndToEndTests.Samples;

/// <summary>A question and its answer in the words of <c>dig</c>: <c>NAME TYPE -&gt; RCODE [TYPE DATA]...</c></summary>
/// <param name="Name">The full name.</param>
/// <param name="Type">The type asked for.</param>
/// <param name="Expected">The rcode, then each answer's type and data, sorted, one behind the other.</param>
internal sealed record SampleQuestion(string Name, RecordType Type, string Expected)
{
    public static SampleQuestion Parse(string line)
    {
        var (question, expected) = line.Split(" -> ") is [var left, var right]
            ? (left.Split(' '), right)
            : throw new FormatException(line);
        return new SampleQuestion(question[0], Enum.Parse<RecordType>(question[1]), expected);
    }

    public override string ToString() => $"{Name} {Mnemonic.Of(Type)}";
}
