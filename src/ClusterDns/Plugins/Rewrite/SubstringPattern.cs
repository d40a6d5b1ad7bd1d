namespace ClusterDns.Plugins.Rewrite;

/// <summary>Names whose text has this in it; all of them are replaced.</summary>
internal sealed class SubstringPattern(string part) : NamePattern
{
    public override bool Matches(NameText name) => name.Text.Contains(part, StringComparison.Ordinal);

    public override bool TryRewrite(NameText name, string replacement) => name.TryReplaceAll(part, replacement);
}
