namespace ClusterDns.Corefile;

/// <summary>The directives that this program knows, and which of them somebody may have meant.</summary>
internal sealed class DirectiveNames(IReadOnlyCollection<string> known)
{
    /// <summary>A swap of two letters is two edits; more than that is a guess.</summary>
    private const int MaxEdits = 2;

    private readonly HashSet<string> _known = [.. known];

    /// <exception cref="CorefileException">Nobody knows this name.</exception>
    public void Require(CorefileToken name)
    {
        if (_known.Contains(name.Text))
        {
            return;
        }

        var hint = Nearest(name.Text) is { } nearest ? $", did you mean '{nearest}'?" : "";
        throw CorefileException.At(name, $"Unknown directive '{name.Shown}'{hint}");
    }

    private string? Nearest(string name) => _known
        .Where(candidate => Math.Abs(candidate.Length - name.Length) <= MaxEdits)
        .Select(candidate => (Name: candidate, Edits: CountEdits(name, candidate)))
        // Two edits turn any two-letter name into any other.
        .Where(candidate => candidate.Edits <= Math.Min(MaxEdits, name.Length / 2))
        .OrderBy(candidate => candidate.Edits)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>Letters put in, taken out or changed on the way from one word to the other (Levenshtein).</summary>
    private static int CountEdits(string from, string to)
    {
        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        foreach (var (row, letter) in from.Index())
        {
            var current = new int[to.Length + 1];
            current[0] = row + 1;
            for (var column = 0; column < to.Length; column++)
            {
                var change = previous[column] + (letter == to[column] ? 0 : 1);
                current[column + 1] = Math.Min(change, Math.Min(previous[column + 1], current[column]) + 1);
            }

            previous = current;
        }

        return previous[^1];
    }
}
