namespace ClusterDns.Corefile;

/// <summary>Where Corefiles and what they import come from: the disk, or a test's memory.</summary>
internal interface ICorefileFiles
{
    /// <summary>Full paths that exist and match, in ordinal order.</summary>
    /// <param name="pattern">A full path; <c>*</c> and <c>?</c> stand for characters other than <c>/</c>.</param>
    IReadOnlyList<string> Find(string pattern);

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">It cannot be opened; so too a directory.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    Stream Open(string path);
}
