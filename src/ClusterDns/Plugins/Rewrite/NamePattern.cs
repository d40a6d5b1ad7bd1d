namespace ClusterDns.Plugins.Rewrite;

/// <summary>
/// Which names a rule means, and how one of them becomes another. As for CoreDNS the text is compared, character by
/// character: a suffix need not begin at a label.
/// </summary>
internal abstract class NamePattern
{
    public abstract bool Matches(NameText name);

    /// <summary>
    /// Rewrites a name that matches. False, and the name stays, when <paramref name="replacement"/> makes no name of it.
    /// </summary>
    public abstract bool TryRewrite(NameText name, string replacement);
}
