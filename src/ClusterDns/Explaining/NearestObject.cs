using ClusterDns.Corefile;

namespace ClusterDns.Explaining;

/// <summary>
/// Which object of the cluster somebody may have meant. Names of objects grow at their ends, so one that begins as the other
/// does is as near as one that is misspelt.
/// </summary>
internal static class NearestObject
{
    /// <summary>A swap of two letters is two edits; more than that is a guess.</summary>
    private const int MostEdits = 2;

    /// <summary>Letters that have to be the same at the beginning.</summary>
    private const int LeastCommon = 3;

    /// <summary>The nearest, the first by name of several; null if none is near. Looks at a bounded number of names.</summary>
    public static string? Find(string name, IEnumerable<string> known) => name.Length == 0 ? null : known
        .Take(ExplainLimits.MostCompared)
        .Where(candidate => candidate != name && candidate.Length > 0)
        .Select(candidate => (Name: candidate, Distance: DistanceOf(name, candidate)))
        .Where(candidate => candidate.Distance is not null)
        .OrderBy(candidate => candidate.Distance)
        .ThenBy(candidate => candidate.Name.Length)
        .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    private static int? DistanceOf(string name, string candidate)
    {
        var shorter = Math.Min(name.Length, candidate.Length);
        if (IsSwapped(name, candidate))
        {
            return 1;
        }

        if (Math.Abs(name.Length - candidate.Length) <= MostEdits
            && NearestName.CountEdits(name, candidate) is var edits
            && edits <= Math.Min(MostEdits, shorter / 2))
        {
            return edits;
        }

        return shorter >= LeastCommon && name.AsSpan(0, shorter).SequenceEqual(candidate.AsSpan(0, shorter)) ? MostEdits + 1 : null;
    }

    // Two letters in each other's place: for most fingers one mistake, also in a short name.
    private static bool IsSwapped(string name, string candidate)
    {
        var first = name.AsSpan().CommonPrefixLength(candidate);
        return name.Length == candidate.Length
            && first + 1 < name.Length
            && name[first] == candidate[first + 1]
            && name[first + 1] == candidate[first]
            && name.AsSpan(first + 2).SequenceEqual(candidate.AsSpan(first + 2));
    }
}
