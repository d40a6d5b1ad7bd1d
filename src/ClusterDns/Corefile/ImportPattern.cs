namespace ClusterDns.Corefile;

/// <summary>The operand of an <c>import</c> that is no snippet: a path, or a pattern of paths.</summary>
/// <param name="FullPath">Absolute, seen from the folder of the file that imports.</param>
/// <param name="HasWildcard">Without a match a pattern is only worth a warning; a path is an error.</param>
internal readonly record struct ImportPattern(string FullPath, bool HasWildcard)
{
    /// <exception cref="CorefileException">More wildcards than one <c>*</c> and one <c>?</c>, or a set.</exception>
    public static ImportPattern Parse(CorefileToken operand)
    {
        if (operand.Text.Contains('\0'))
        {
            throw CorefileException.At(operand, $"File to import not found: {operand.Shown}");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(operand.File))!;
        var path = Path.GetFullPath(operand.Text, folder);
        var stars = path.Count('*');
        var marks = path.Count('?');
        if (stars > 1 || marks > 1 || path.Contains('['))
        {
            throw CorefileException.At(
                operand, $"Glob pattern may only contain one wildcard (*), but has others: {operand.Shown}");
        }

        return new ImportPattern(path, stars + marks > 0);
    }
}
