using System.Text.Json;
using ClusterDns.Kubernetes.Objects.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ClusterDns.Kubernetes.Manifests.Documents;

/// <summary>
/// What the anchors of one document stand for: JSON that is written already. An alias copies it, within a bound on all
/// copies together, so that aliases of aliases cannot grow without end.
/// </summary>
internal sealed class YamlAnchors
{
    private readonly Dictionary<AnchorName, byte[]> _values = [];
    private int _copied;

    /// <param name="anchor">The anchor's name.</param>
    /// <param name="written">The node as written, perhaps behind the comma that parts it from the one before.</param>
    public void Add(AnchorName anchor, ReadOnlySpan<byte> written) => _values[anchor] = written.TrimStart((byte)',').ToArray();

    public void Write(Utf8JsonWriter json, AnchorAlias alias)
    {
        if (!_values.TryGetValue(alias.Value, out var value))
        {
            throw new YamlException(alias.Start, alias.End, $"Alias {ObjectProblems.Show(alias.Value.Value)} stands for no anchor before it.");
        }

        _copied += value.Length;
        if (_copied > ManifestLimits.MaxAliasBytes)
        {
            throw new YamlException(alias.Start, alias.End, $"Aliases make the document grow by more than {ManifestLimits.MaxAliasBytes} bytes.");
        }

        json.WriteRawValue(value, skipInputValidation: true);
    }
}
