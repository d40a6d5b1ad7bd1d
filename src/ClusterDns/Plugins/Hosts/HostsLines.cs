using System.Buffers;
using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Plugins.Hosts;

/// <summary>
/// Reads lines of <c>ADDRESS NAME...</c> (hosts(5)) into a table. A line that makes no sense is passed over, counted, and
/// the first of them is remembered; whatever the file, memory is a buffer and what the table holds.
/// </summary>
internal sealed class HostsLines(HostsTableBuilder table)
{
    /// <summary>Octets of the longest line.</summary>
    public const int MaxLineLength = 64 * 1024;

    /// <summary>Octets that are read of one file.</summary>
    public const int MaxFileLength = 64 * 1024 * 1024;

    private const int MaxShownLength = 60;
    private const string Blanks = " \t\r\v\f";

    private int _line;

    /// <summary>Lines that were passed over.</summary>
    public int Ignored { get; private set; }

    /// <summary>What is wrong with the first of them: <c>line 7: 'x' is not an IP address</c>.</summary>
    public string FirstMistake { get; private set; } = "";

    /// <summary>The table is full, or the file longer than what is read; the rest is left out.</summary>
    public bool IsCut { get; private set; }

    public void Read(Stream file)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxLineLength);
        try
        {
            Read(file, buffer.AsSpan(0, MaxLineLength));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A line of the Corefile; what is wrong with it, or null.</summary>
    public static string? Read(string line, HostsTableBuilder table)
    {
        var lines = new HostsLines(table);
        return lines.ReadLine(line) ?? (lines.IsCut ? "there are too many entries" : null);
    }

    private void Read(Stream file, Span<byte> buffer)
    {
        var filled = 0;
        var total = 0;
        var isTooLong = false;
        while (!IsCut && file.Read(buffer[filled..]) is var count and > 0)
        {
            total += count;
            filled += count;
            IsCut |= total > MaxFileLength;
            var rest = buffer[..filled];
            while (rest.IndexOf((byte)'\n') is var end and >= 0)
            {
                ReadLine(rest[..end], isTooLong);
                isTooLong = false;
                rest = rest[(end + 1)..];
            }

            isTooLong |= rest.Length == buffer.Length;
            rest = isTooLong ? [] : rest;
            rest.CopyTo(buffer);
            filled = rest.Length;
        }

        if (filled > 0 || isTooLong)
        {
            ReadLine(buffer[..filled], isTooLong);
        }
    }

    private void ReadLine(ReadOnlySpan<byte> line, bool isTooLong)
    {
        _line++;
        if (IsCut)
        {
            return;
        }

        var mistake = isTooLong
            ? $"has more than {MaxLineLength} octets"
            : ReadLine(Encoding.Latin1.GetString(line.IndexOf((byte)'#') is var comment and >= 0 ? line[..comment] : line));
        if (mistake is not null && Ignored++ == 0)
        {
            FirstMistake = $"line {_line}: {mistake}";
        }
    }

    private string? ReadLine(ReadOnlySpan<char> line)
    {
        var words = line.SplitAny(Blanks);
        var address = default(NetworkAddress);
        var hasAddress = false;
        string? mistake = null;
        foreach (var range in words)
        {
            var word = line[range];
            if (word.IsEmpty)
            {
                continue;
            }

            if (!hasAddress)
            {
                // A scope means nothing to a client elsewhere.
                hasAddress = NetworkAddress.TryParse(word.IndexOf('%') is var scope and >= 0 ? word[..scope] : word, out address);
                if (!hasAddress)
                {
                    return $"'{Show(word)}' is not an IP address";
                }
            }
            else if (!DnsName.TryParse(word, out var name))
            {
                mistake ??= $"'{Show(word)}' is not a domain name";
            }
            else if (!table.TryAdd(name, address))
            {
                IsCut = true;
                return null;
            }
        }

        return mistake;
    }

    // A file can hold anything, a log line only what can be printed.
    private static string Show(ReadOnlySpan<char> word)
    {
        var shown = new StringBuilder();
        foreach (var character in word[..Math.Min(word.Length, MaxShownLength)])
        {
            shown.Append(character is > ' ' and < (char)0x7F ? character : '?');
        }

        return shown.Append(word.Length > MaxShownLength ? "..." : "").ToString();
    }
}
