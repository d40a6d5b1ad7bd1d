using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>Words -> rdata, field by field.</summary>
internal ref struct FieldReader
{
    private readonly IReadOnlyList<RecordWord> _words;
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly ReadOnlySpan<byte> _origin;
    private int _position;

    private FieldReader(IReadOnlyList<RecordWord> words, int start, ReadOnlySpan<byte> origin)
    {
        _origin = origin;
        _words = words;
        _position = start;
    }

    /// <param name="fields">What the rdata is made of.</param>
    /// <param name="words">The whole record.</param>
    /// <param name="start">The first word of the rdata.</param>
    /// <param name="origin">What names without a final dot end in.</param>
    /// <param name="data">The rdata.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(
        ReadOnlySpan<RecordField> fields,
        IReadOnlyList<RecordWord> words,
        int start,
        ReadOnlySpan<byte> origin,
        [NotNullWhen(true)] out byte[]? data,
        [NotNullWhen(false)] out string? error)
    {
        data = null;
        var reader = new FieldReader(words, start, origin);
        foreach (var field in fields)
        {
            if (reader._position >= words.Count)
            {
                error = "the record's data ends too early";
                return false;
            }

            var word = words[reader._position];
            if (!reader.TryRead(field))
            {
                error = $"'{word.Shown}' is not {Describe(field)}";
                return false;
            }
        }

        if (reader._position < words.Count)
        {
            error = $"'{words[reader._position].Shown}' is more than the record's type has";
            return false;
        }

        if (reader._data.WrittenCount > ushort.MaxValue)
        {
            error = $"the record's data has more than {ushort.MaxValue} octets";
            return false;
        }

        data = reader._data.WrittenSpan.ToArray();
        error = null;
        return true;
    }

    private bool TryRead(RecordField field)
    {
        var word = _words[_position++];
        return field switch
        {
            RecordField.Octet => TryReadNumber(word, byte.MaxValue, sizeof(byte)),
            RecordField.Number16 => TryReadNumber(word, ushort.MaxValue, sizeof(ushort)),
            RecordField.Number32 => TryReadNumber(word, uint.MaxValue, sizeof(uint)),
            RecordField.Seconds => TryReadSeconds(word),
            RecordField.IPv4 or RecordField.IPv6 => TryReadAddress(word, field == RecordField.IPv4),
            RecordField.Locator => TryReadLocator(word),
            RecordField.Name => TryReadName(word),
            RecordField.Text => CharacterString.TryDecode(word.Text, _data),
            RecordField.Strings => TryReadStrings(word),
            RecordField.Base64 => TryReadBase64(word),
            _ => TryReadString(word),
        };
    }

    private readonly bool TryReadNumber(RecordWord word, uint most, int size)
    {
        if (!uint.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > most)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, number);
        _data.Write(octets[^size..]);
        return true;
    }

    // A number alone may use all 32 bits: the SOA's times are no TTLs.
    private readonly bool TryReadSeconds(RecordWord word)
    {
        if (TryReadNumber(word, uint.MaxValue, sizeof(uint)))
        {
            return true;
        }

        if (!TimeToLiveText.TryRead(word.Text, out var seconds))
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, seconds);
        _data.Write(octets);
        return true;
    }

    private readonly bool TryReadAddress(RecordWord word, bool isIPv4)
    {
        if (!NetworkAddress.TryParse(word.Text, out var address) || address.IsIPv4 != isIPv4)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[16];
        _data.Write(octets[..address.Write(octets)]);
        return true;
    }

    private readonly bool TryReadLocator(RecordWord word)
    {
        Span<byte> octets = stackalloc byte[8];
        var groups = 0;
        var text = word.Text.AsSpan();
        foreach (var range in text.Split(':'))
        {
            if (groups == 4
                || text[range].Length > 4
                || !ushort.TryParse(text[range], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var group))
            {
                return false;
            }

            BinaryPrimitives.WriteUInt16BigEndian(octets[(2 * groups++)..], group);
        }

        _data.Write(octets);
        return groups == 4;
    }

    private readonly bool TryReadName(RecordWord word)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        if (word.IsQuoted || !NameText.TryRead(word, _origin, name, out var length))
        {
            return false;
        }

        _data.Write(name[..length]);
        return true;
    }

    private bool TryReadStrings(RecordWord first)
    {
        var isGood = TryReadString(first);
        while (isGood && _position < _words.Count)
        {
            isGood = TryReadString(_words[_position++]);
        }

        return isGood;
    }

    private bool TryReadBase64(RecordWord first)
    {
        var text = first.Text + string.Concat(_words.Skip(_position).Select(word => word.Text));
        _position = _words.Count;
        var octets = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, octets, out var length) || length == 0)
        {
            return false;
        }

        _data.Write(octets.AsSpan(0, length));
        return true;
    }

    private readonly bool TryReadString(RecordWord word)
    {
        var octets = new ArrayBufferWriter<byte>();
        if (!CharacterString.TryDecode(word.Text, octets) || octets.WrittenCount > byte.MaxValue)
        {
            return false;
        }

        _data.Write([(byte)octets.WrittenCount]);
        _data.Write(octets.WrittenSpan);
        return true;
    }

    private static string Describe(RecordField field) => field switch
    {
        RecordField.Octet => $"a number up to {byte.MaxValue}",
        RecordField.Number16 => $"a number up to {ushort.MaxValue}",
        RecordField.Number32 => $"a number up to {uint.MaxValue}",
        RecordField.Seconds => "a number of seconds",
        RecordField.IPv4 => "an IPv4 address",
        RecordField.IPv6 => "an IPv6 address",
        RecordField.Locator => "four hexadecimal groups",
        RecordField.Name => "a domain name",
        RecordField.Text => "a text",
        RecordField.Base64 => "base64",
        _ => $"a text of at most {byte.MaxValue} octets",
    };
}
