using ClusterDns.Wire;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>One name.</summary>
internal sealed class ExactPattern(string text) : NamePattern
{
    /// <summary>The name; null for a text that is none, and then nothing matches.</summary>
    public DnsName? Name { get; } = DnsName.TryParse(text, out var name) ? name : null;

    public override bool Matches(NameText name) => Name is not null && name.Wire.SequenceEqual(Name.Wire);

    public override bool TryRewrite(NameText name, string replacement) => name.TrySet(replacement, [], []);
}
