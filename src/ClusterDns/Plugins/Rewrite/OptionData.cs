namespace ClusterDns.Plugins.Rewrite;

/// <summary>What an EDNS option says.</summary>
internal abstract class OptionData
{
    /// <summary>Octets that an option may have.</summary>
    public const int MaxLength = 1024;

    /// <summary>Writes at most <see cref="MaxLength"/> octets and gives their count.</summary>
    public abstract int Write(QuestionDraft question, Span<byte> destination);
}
