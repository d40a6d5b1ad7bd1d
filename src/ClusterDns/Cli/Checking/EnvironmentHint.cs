namespace ClusterDns.Cli.Checking;

/// <summary>A word that is wrong because of what a variable holds, or because here it holds nothing.</summary>
internal sealed class EnvironmentHint(RecordedFiles files)
{
    public Finding Add(Finding finding)
    {
        if (finding is not { Advice: null, Place: { Column: > 0 } place }
            || files.Line(place.File, place.Line) is not { } line
            || place.Column > line.Length)
        {
            return finding;
        }

        var written = line[(place.Column - 1)..].Split((char[]?)null, 2)[0];
        return written != place.Text && (written.Contains("{$", StringComparison.Ordinal) || written.Contains("{%", StringComparison.Ordinal))
            ? finding with { Advice = $"with the variables that are set here {written} is '{place.Shown}'" }
            : finding;
    }
}
