using System.Text;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>Text from the network on its way into a log line.</summary>
internal static class Printable
{
    private const int MaxLength = 300;

    /// <summary>Cut short, and without characters that could end the line or colour the terminal.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, MaxLength) + 3);
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            shown.Append(character is >= ' ' and <= '~' ? character : ' ');
        }

        return shown.Append(text.Length > MaxLength ? "..." : "").ToString();
    }
}
