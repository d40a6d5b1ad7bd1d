namespace ClusterDns.Corefile;

/// <summary>Which of the known words somebody may have meant.</summary>
internal static class NearestName
{
    /// <summary>A swap of two letters is two edits; more than that is a guess.</summary>
    private const int MaxEdits = 2;

    /// <summary>The nearest one, the first by name of several; null if none is near.</summary>
    public static string? Find(string name, IEnumerable<string> known) => known
        .Where(candidate => Math.Abs(candidate.Length - name.Length) <= MaxEdits)
        .Select(candidate => (Name: candidate, Edits: CountEdits(name, candidate)))
        // Two edits turn any two-letter name into any other.
        .Where(candidate => candidate.Edits <= Math.Min(MaxEdits, name.Length / 2))
        .OrderBy(candidate => candidate.Edits)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>Letters put in, taken out or changed on the way from one word to the other (Levenshtein).</summary>
    public static int CountEdits(string from, string to)
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
