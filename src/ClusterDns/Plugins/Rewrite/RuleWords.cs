using ClusterDns.Corefile;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>The words of one rule that are not read yet.</summary>
internal sealed record RuleWords(Directive Directive, bool IsLast, IReadOnlyList<string> Words)
{
    public int Count => Words.Count;

    public string this[Index index] => Words[index.GetOffset(Words.Count)];

    public RuleWords Skip(int count) => this with { Words = [.. Words.Skip(count)] };

    public RuleWords Take(int count) => this with { Words = [.. Words.Take(count)] };

    public CorefileException Error(string message) => Directive.Error(message);
}
