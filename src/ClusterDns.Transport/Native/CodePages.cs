using System.Globalization;
using System.Runtime.CompilerServices;

namespace ClusterDns.Transport.Native;

/// <summary>
/// Gives back the pages of libraries' code that only the start needed. Code is read from its file around every place that
/// runs, so most of what is resident of them after a start is never run again; what is, comes back out of the page cache at
/// the first use. The program's own pages stay: the next list of a cluster needs them again.
/// </summary>
public static class CodePages
{
    private const string Maps = "/proc/self/smaps";
    private const string Dirty = "Private_Dirty:";
    private const string CodeOfAFile = " r-xp ";

    /// <summary>
    /// Does nothing but on Linux in a native binary: a runtime that compiles puts code of its own into such pages. Never throws.
    /// </summary>
    public static void Release()
    {
        if (!OperatingSystem.IsLinux() || RuntimeFeature.IsDynamicCodeSupported)
        {
            return;
        }

        try
        {
            ReleaseAll(File.ReadLines(Maps));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // No /proc, or one that hides this: the pages stay.
        }
    }

    // A mapping that has a page of its own (a breakpoint, a relocation) would lose it.
    private static void ReleaseAll(IEnumerable<string> lines)
    {
        (nuint Start, nuint End)? code = null;
        foreach (var line in lines)
        {
            if (TryReadRange(line, out var range))
            {
                code = IsCodeOfALibrary(line) ? range : null;
            }
            else if (code is { } mapping && line.StartsWith(Dirty, StringComparison.Ordinal))
            {
                if (line.AsSpan(Dirty.Length).Trim() is "0 kB")
                {
                    LibC.Advise(mapping.Start, mapping.End - mapping.Start, LibC.NotNeeded);
                }

                code = null;
            }
        }
    }

    private static bool IsCodeOfALibrary(string line) =>
        line.Contains(CodeOfAFile, StringComparison.Ordinal)
        && line.Contains('/')
        && !line.EndsWith(Environment.ProcessPath ?? "/", StringComparison.Ordinal);

    /// <summary>The first line of a mapping begins with <c>START-END</c> in hexadecimal digits.</summary>
    private static bool TryReadRange(string line, out (nuint Start, nuint End) range)
    {
        range = default;
        var dash = line.IndexOf('-');
        var blank = line.IndexOf(' ');
        if (dash <= 0
            || blank < dash
            || !nuint.TryParse(line.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            || !nuint.TryParse(line.AsSpan(dash + 1, blank - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end))
        {
            return false;
        }

        range = (start, end);
        return true;
    }
}
