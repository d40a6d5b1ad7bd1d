namespace ClusterDns.Plugins.Rewrite;

/// <summary>Names whose text begins so.</summary>
internal sealed class PrefixPattern(string prefix) : NamePattern
{
    public override bool Matches(NameText name) => name.Text.StartsWith(prefix, StringComparison.Ordinal);

    public override bool TryRewrite(NameText name, string replacement) =>
        name.TrySet(replacement, name.Text[prefix.Length..], []);
}
