using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ClusterDns.Cli.Querying;

/// <summary>One extended error (RFC 8914, 2).</summary>
/// <param name="Code">INFO-CODE.</param>
/// <param name="Text">EXTRA-TEXT, printable; empty for none.</param>
internal sealed record ExtendedErrorLine(ushort Code, string Text)
{
    private static readonly string[] Names =
    [
        "Other", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer",
        "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing",
        "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready", "Blocked", "Censored",
        "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported",
        "No Reachable Authority", "Network Error", "Invalid Data", "Signature Expired before Valid", "Too Early",
        "Unsupported NSEC3 Iterations Value", "Unable to conform to policy", "Synthesized", "Invalid Query Type",
    ];

    /// <summary>The code's name in IANA's list; empty for one that is not there.</summary>
    public string Name => Code < Names.Length ? Names[Code] : "";

    public static bool TryRead(ReadOnlySpan<byte> data, out ExtendedErrorLine line)
    {
        line = data.Length < 2
            ? new ExtendedErrorLine(0, "")
            : new ExtendedErrorLine(BinaryPrimitives.ReadUInt16BigEndian(data), Printable(Encoding.UTF8.GetString(data[2..])));
        return data.Length >= 2;
    }

    public override string ToString()
    {
        var name = Name.Length > 0 ? $" ({Name})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Code}{name}") + (Text.Length > 0 ? $": ({Text})" : "");
    }

    // A server writes what it likes here: neither the terminal nor the direction of the text is its to change.
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                printable.Append(character);
            }
        }

        return printable.ToString();
    }
}
