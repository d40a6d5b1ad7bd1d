using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>The parser's events, with every way in which broken text makes it throw turned into one.</summary>
internal sealed class YamlEvents(string text)
{
    private readonly Parser _parser = new(new StringReader(text));
    private Mark _last = Mark.Empty;

    /// <summary>Steps to the next event; throws <see cref="YamlException"/> for broken text.</summary>
    public ParsingEvent Next()
    {
        try
        {
            if (!_parser.MoveNext())
            {
                throw new YamlException(_last, _last, "The text ends too early.");
            }
        }
        catch (Exception broken) when (broken is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet's scanner lets these two escape on some broken scalars and tags.
            throw new YamlException(_last, _last, "The text stops being YAML behind this line.", broken);
        }

        _last = _parser.Current!.End;
        return _parser.Current;
    }
}
