namespace ClusterDns.Corefile;

/// <summary>A server block as written: its keys and its directives in the order of the file.</summary>
internal sealed record ServerBlock(IReadOnlyList<CorefileToken> Keys, IReadOnlyList<Directive> Directives)
{
    /// <summary>
    /// The lines of one name, in the order of the file: what a plugin is set up with. Whether several add up or the
    /// last one wins is the plugin's affair.
    /// </summary>
    /// <exception cref="CorefileException">There is a second line, against <paramref name="oncePerBlock"/>.</exception>
    public IReadOnlyList<Directive> Lines(string name, bool oncePerBlock = false)
    {
        Directive[] lines = [.. Directives.Where(directive => directive.Name == name)];
        return lines.Length < 2 || !oncePerBlock
            ? lines
            : throw lines[1].Error("this plugin can only be used once per Server Block").InPlugin(name);
    }
}
