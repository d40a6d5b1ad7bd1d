using System.Text;

namespace ClusterDns.Testing.Packets;

/// <summary>
/// Packets as RFCs show them: octets in hex, <c>"text"</c> for its ASCII octets, white space anywhere between, and
/// comments from a semicolon to the end of the line.
/// </summary>
internal static class AnnotatedHex
{
    /// <exception cref="FormatException">The text is none of that.</exception>
    public static byte[] Parse(string text)
    {
        var octets = new List<byte>();
        foreach (var line in text.Split('\n'))
        {
            ParseLine(line.Split(';')[0], octets);
        }

        return [.. octets];
    }

    private static void ParseLine(string line, List<byte> octets)
    {
        // Every second piece stands between quotes.
        var pieces = line.Split('"');
        for (var i = 0; i < pieces.Length; i++)
        {
            octets.AddRange(i % 2 == 1
                ? Encoding.ASCII.GetBytes(pieces[i])
                : Convert.FromHexString(string.Concat(pieces[i].Where(character => !char.IsWhiteSpace(character)))));
        }
    }
}
