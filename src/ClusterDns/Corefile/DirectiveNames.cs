namespace ClusterDns.Corefile;

/// <summary>The directives that this program knows, and which of them somebody may have meant.</summary>
internal sealed class DirectiveNames(IReadOnlyCollection<string> known)
{
    private readonly HashSet<string> _known = [.. known];

    /// <exception cref="CorefileException">Nobody knows this name.</exception>
    public void Require(CorefileToken name)
    {
        if (_known.Contains(name.Text))
        {
            return;
        }

        var hint = NearestName.Find(name.Text, _known) is { } nearest ? $", did you mean '{nearest}'?" : "";
        throw CorefileException.At(name, $"Unknown directive '{name.Shown}'{hint}");
    }
}
