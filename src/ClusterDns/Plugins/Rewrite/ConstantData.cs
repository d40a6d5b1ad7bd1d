namespace ClusterDns.Plugins.Rewrite;

/// <summary>The same octets every time.</summary>
internal sealed class ConstantData(byte[] octets) : OptionData
{
    public override int Write(QuestionDraft question, Span<byte> destination)
    {
        octets.CopyTo(destination);
        return octets.Length;
    }
}
