namespace ClusterDns.Corefile;

/// <summary>A server block as written: its keys and its directives in the order of the file.</summary>
internal sealed record ServerBlock(IReadOnlyList<CorefileToken> Keys, IReadOnlyList<Directive> Directives)
{
    /// <summary>The directives word by word, whatever file and line they stand in.</summary>
    public string Words => string.Concat(Directives.Select(directive => directive.Words));

    /// <summary>
    /// The lines of one name, in the order of the file: what a plugin is set up with. Whether several add up, the last
    /// one wins or only one may be is the plugin's affair.
    /// </summary>
    public IReadOnlyList<Directive> Lines(string name) => [.. Directives.Where(directive => directive.Name == name)];
}
