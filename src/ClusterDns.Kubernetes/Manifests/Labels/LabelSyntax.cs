using System.Buffers;

namespace ClusterDns.Kubernetes.Manifests.Labels;

/// <summary>What the API server lets be a label's key and value.</summary>
internal static class LabelSyntax
{
    private const int MaxNameLength = 63;
    private const int MaxPrefixLength = 253;

    private const string LowerAlphanumerics = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphanumerics = LowerAlphanumerics + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(Alphanumerics);
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(Alphanumerics + "-_.");
    private static readonly SearchValues<char> PrefixEnds = SearchValues.Create(LowerAlphanumerics);
    private static readonly SearchValues<char> PrefixCharacters = SearchValues.Create(LowerAlphanumerics + "-");

    /// <summary>A name, or a DNS name in lower case, a slash and a name.</summary>
    public static bool IsKey(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        return slash < 0 ? IsName(text) : IsPrefix(text[..slash]) && IsName(text[(slash + 1)..]);
    }

    public static bool IsValue(ReadOnlySpan<char> text) => text.IsEmpty || IsName(text);

    private static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxNameLength
        && !text.ContainsAnyExcept(NameCharacters)
        && NameEnds.Contains(text[0])
        && NameEnds.Contains(text[^1]);

    private static bool IsPrefix(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxPrefixLength)
        {
            return false;
        }

        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (part.IsEmpty || part.ContainsAnyExcept(PrefixCharacters) || !PrefixEnds.Contains(part[0]) || !PrefixEnds.Contains(part[^1]))
            {
                return false;
            }
        }

        return true;
    }
}
