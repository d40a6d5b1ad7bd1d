namespace ClusterDns.Records;

/// <summary>A word of a record.</summary>
/// <param name="Text">Without the quotes; escapes are still in it, since names and texts read them in different ways.</param>
/// <param name="IsQuoted">It stood between quotes, so it may be empty and means no keyword.</param>
internal readonly record struct RecordWord(string Text, bool IsQuoted)
{
    private const int MaxShownLength = 60;

    /// <summary>For messages.</summary>
    public string Shown => Text.Length <= MaxShownLength ? Text : Text[..MaxShownLength] + "...";
}
