namespace ClusterDns.EndToEndTests;

/// <summary>A <c>$ command</c> in a console block of a README and the lines that it is said to print.</summary>
internal sealed record ReadmeExample(string Command, IReadOnlyList<string> Expected)
{
    /// <summary>All examples of a README whose command begins with <paramref name="program"/>.</summary>
    public static IReadOnlyList<ReadmeExample> Read(string readme, string program)
    {
        var examples = new List<ReadmeExample>();
        List<string>? expected = null;
        var isInside = false;
        foreach (var line in readme.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isInside = line == "```console";
                expected = null;
            }
            else if (isInside && line.StartsWith($"$ {program} ", StringComparison.Ordinal))
            {
                expected = [];
                examples.Add(new ReadmeExample(line[2..], expected));
            }
            else if (line.Length == 0)
            {
                expected = null;
            }
            else
            {
                expected?.Add(line);
            }
        }

        return examples;
    }

    public override string ToString() => Command;
}
