namespace ClusterDns.Records.ZoneFiles;

/// <summary>A file that is being read, or the place in it where another is included.</summary>
/// <param name="Path">For messages, and where relative paths of included files begin.</param>
/// <param name="Entries">What is left of it.</param>
/// <param name="Scope">What it has said so far.</param>
internal sealed record ZoneFilePart(string Path, ZoneEntryReader Entries, ZoneFileScope Scope)
{
    /// <summary>Records that one line stands for, as far as they are not read yet.</summary>
    public IEnumerator<IReadOnlyList<RecordWord>>? Generated { get; set; }
}
