using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>Rdata -> words, field by field.</summary>
internal ref struct FieldWriter
{
    private readonly StringBuilder _text = new();
    private ReadOnlySpan<byte> _rest;

    private FieldWriter(ReadOnlySpan<byte> data) => _rest = data;

    /// <summary>False when the rdata is not made of these fields, no more and no less.</summary>
    public static bool TryFormat(
        ReadOnlySpan<RecordField> fields, ReadOnlySpan<byte> data, [NotNullWhen(true)] out string? text)
    {
        text = null;
        var writer = new FieldWriter(data);
        foreach (var field in fields)
        {
            if (!writer.TryWrite(field))
            {
                return false;
            }
        }

        text = writer._text.ToString();
        return writer._rest.IsEmpty;
    }

    private bool TryWrite(RecordField field)
    {
        if (_text.Length > 0)
        {
            _text.Append(' ');
        }

        return field switch
        {
            RecordField.Octet => TryWriteNumber(sizeof(byte)),
            RecordField.Number16 => TryWriteNumber(sizeof(ushort)),
            RecordField.Number32 or RecordField.Seconds => TryWriteNumber(sizeof(uint)),
            RecordField.IPv4 => TryWriteAddress(4),
            RecordField.IPv6 => TryWriteAddress(16),
            RecordField.Locator => TryWriteLocator(),
            RecordField.Name => TryWriteName(),
            RecordField.Token => TryWriteToken(),
            RecordField.Strings => TryWriteStrings(),
            RecordField.Text => WriteText(),
            RecordField.Base64 => TryWriteBase64(),
            _ => TryWriteString(),
        };
    }

    private bool TryTake(int size, out ReadOnlySpan<byte> octets)
    {
        if (_rest.Length < size)
        {
            octets = default;
            return false;
        }

        octets = _rest[..size];
        _rest = _rest[size..];
        return true;
    }

    private bool TryWriteNumber(int size)
    {
        if (!TryTake(size, out var octets))
        {
            return false;
        }

        var number = 0u;
        foreach (var octet in octets)
        {
            number = (number << 8) | octet;
        }

        _text.Append(CultureInfo.InvariantCulture, $"{number}");
        return true;
    }

    private bool TryWriteAddress(int size)
    {
        if (!TryTake(size, out var octets))
        {
            return false;
        }

        _text.Append(NetworkAddress.FromOctets(octets).ToString());
        return true;
    }

    private bool TryWriteLocator()
    {
        if (!TryTake(8, out var octets))
        {
            return false;
        }

        for (var i = 0; i < 8; i += 2)
        {
            var group = BinaryPrimitives.ReadUInt16BigEndian(octets[i..]);
            _text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ":")}{group:x4}");
        }

        return true;
    }

    private bool TryWriteName()
    {
        if (!WireName.TryMeasure(_rest, out var length) || !TryTake(length, out var name))
        {
            return false;
        }

        _text.Append(WireName.ToText(name));
        return true;
    }

    private bool TryWriteToken()
    {
        if (!TryTake(1, out var size) || !TryTake(size[0], out var octets) || octets.IsEmpty)
        {
            return false;
        }

        CharacterString.Encode(octets, isBare: true, _text);
        return true;
    }

    private bool TryWriteString()
    {
        if (!TryTake(1, out var size) || !TryTake(size[0], out var octets))
        {
            return false;
        }

        AppendQuoted(octets);
        return true;
    }

    private bool TryWriteStrings()
    {
        var isGood = TryWriteString();
        while (isGood && !_rest.IsEmpty)
        {
            _text.Append(' ');
            isGood = TryWriteString();
        }

        return isGood;
    }

    private bool WriteText()
    {
        AppendQuoted(_rest);
        _rest = [];
        return true;
    }

    private bool TryWriteBase64()
    {
        _text.Append(Convert.ToBase64String(_rest));
        var isGood = !_rest.IsEmpty;
        _rest = [];
        return isGood;
    }

    private readonly void AppendQuoted(ReadOnlySpan<byte> octets)
    {
        _text.Append('"');
        CharacterString.Encode(octets, isBare: false, _text);
        _text.Append('"');
    }
}
