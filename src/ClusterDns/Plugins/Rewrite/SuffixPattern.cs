namespace ClusterDns.Plugins.Rewrite;

/// <summary>Names whose text ends so.</summary>
internal sealed class SuffixPattern(string suffix) : NamePattern
{
    public override bool Matches(NameText name) => name.Text.EndsWith(suffix, StringComparison.Ordinal);

    public override bool TryRewrite(NameText name, string replacement) =>
        name.TrySet(name.Text[..^suffix.Length], replacement, []);
}
