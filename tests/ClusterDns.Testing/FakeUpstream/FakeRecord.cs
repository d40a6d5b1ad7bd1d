using System.Globalization;
using System.Net;
using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Testing;

/// <summary>A record of class IN, on the wire and without compression.</summary>
internal sealed record FakeRecord(byte[] Owner, RecordType Type, uint TimeToLive, byte[] Data)
{
    /// <summary>
    /// Reads <c>owner ttl type rdata</c>: A, AAAA, CNAME, DNAME, NS, PTR, MX, SRV, SOA, TXT (words, quotes optional), and any type
    /// as <c>\# length hex</c> (RFC 3597).
    /// </summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static FakeRecord Parse(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 4 || !Enum.TryParse<RecordType>(words[2], ignoreCase: true, out var type))
        {
            throw new FormatException($"'{text}' is not 'owner ttl type rdata'");
        }

        var data = new List<byte>();
        AddData(data, type, words[3..]);
        return new FakeRecord(Name(words[0]), type, Number(words[1]), [.. data]);
    }

    public static byte[] Name(string text) => DnsNameOf(text).Wire.ToArray();

    private static DnsName DnsNameOf(string text) => DnsName.Parse(text);

    private static uint Number(string text) => uint.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void AddData(List<byte> data, RecordType type, string[] words)
    {
        if (words[0] == @"\#")
        {
            data.AddRange(Convert.FromHexString(string.Concat(words[2..])));
            return;
        }

        switch (type)
        {
            case RecordType.A or RecordType.AAAA:
                data.AddRange(IPAddress.Parse(words[0]).GetAddressBytes());
                break;
            case RecordType.CNAME or RecordType.DNAME or RecordType.NS or RecordType.PTR:
                data.AddRange(Name(words[0]));
                break;
            case RecordType.MX or RecordType.SRV:
                AddUInt16s(data, words[..^1]);
                data.AddRange(Name(words[^1]));
                break;
            case RecordType.SOA:
                data.AddRange([.. Name(words[0]), .. Name(words[1])]);
                data.AddRange(words[2..].SelectMany(word => BitConverter.GetBytes(Number(word)).Reverse()));
                break;
            case RecordType.TXT:
                AddStrings(data, words);
                break;
            default:
                throw new FormatException($@"{type} is written as \# length hex");
        }
    }

    private static void AddUInt16s(List<byte> data, string[] words)
    {
        foreach (var word in words)
        {
            var number = (ushort)Number(word);
            data.AddRange([(byte)(number >> 8), (byte)number]);
        }
    }

    private static void AddStrings(List<byte> data, string[] words)
    {
        foreach (var word in words)
        {
            var octets = Encoding.UTF8.GetBytes(word.Trim('"'));
            data.Add((byte)octets.Length);
            data.AddRange(octets);
        }
    }
}
