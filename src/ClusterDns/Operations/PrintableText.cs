using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClusterDns.Operations;

/// <summary>
/// Text that may hold what a client or an upstream sent, made safe for one line of a log: a control character would let
/// its sender forge lines or drive the terminal of whoever reads them.
/// </summary>
internal static class PrintableText
{
    // C0, DEL, C1, and the two separators that some viewers break lines at.
    private static readonly SearchValues<char> Unprintable = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Append(0x2028).Append(0x2029).Select(c => (char)c)]);

    /// <summary>The text itself when nothing in it needs escaping; otherwise a copy with <c>\u000A</c> and the like.</summary>
    public static string Escape(string text)
    {
        var first = text.AsSpan().IndexOfAny(Unprintable);
        if (first < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        foreach (var character in text.AsSpan(first))
        {
            if (Unprintable.Contains(character))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }
}
