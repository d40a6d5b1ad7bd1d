using System.Buffers;

namespace ClusterDns.Kubernetes.Objects.Json;

/// <summary>What a text from an object must be to become part of a name.</summary>
internal static class NameRules
{
    /// <summary>RFC 1035 section 2.3.4.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Kubernetes' limit for object names and <c>externalName</c>; what fits a name in text form.</summary>
    public const int MaxNameLength = 253;

    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>
    /// One label of a name: 1 to 63 letters, digits, <c>-</c> or <c>_</c>. Wider than the API server's own rule, which
    /// manifest files have not passed.
    /// </summary>
    public static bool IsLabel(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLabelLength && !text.ContainsAnyExcept(LabelCharacters);
}
