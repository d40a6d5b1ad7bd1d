using System.Collections.Frozen;
using System.Globalization;

namespace ClusterDns.Wire;

/// <content>The way back: from what people write to numbers, in either letter case.</content>
public static partial class Mnemonic
{
    private const string NumberedType = "TYPE";
    private const string NumberedClass = "CLASS";

    private static readonly FrozenDictionary<string, RecordType>.AlternateLookup<ReadOnlySpan<char>> Types = Enum
        .GetValues<RecordType>()
        .Where(type => type != RecordType.None)
        .ToFrozenDictionary(Of, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, RecordClass>.AlternateLookup<ReadOnlySpan<char>> Classes = Enum
        .GetValues<RecordClass>()
        .ToFrozenDictionary(Of, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, ResponseCode>.AlternateLookup<ReadOnlySpan<char>> Codes = Enum
        .GetValues<ResponseCode>()
        .ToFrozenDictionary(Of, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads what <see cref="Of(RecordType)"/> writes, and <c>TYPE1</c> for a type that has a name.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RecordType type)
    {
        if (Types.TryGetValue(text, out type))
        {
            return true;
        }

        var isKnown = TryParseNumbered(text, NumberedType, out var number);
        type = (RecordType)number;
        return isKnown;
    }

    /// <summary>Reads what <see cref="Of(RecordClass)"/> writes, and <c>CLASS1</c> for a class that has a name.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out RecordClass recordClass)
    {
        if (Classes.TryGetValue(text, out recordClass))
        {
            return true;
        }

        var isKnown = TryParseNumbered(text, NumberedClass, out var number);
        recordClass = (RecordClass)number;
        return isKnown;
    }

    /// <summary>Reads a name that <see cref="Of(ResponseCode)"/> writes; no number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ResponseCode code) => Codes.TryGetValue(text, out code);

    private static bool TryParseNumbered(ReadOnlySpan<char> text, string prefix, out ushort number)
    {
        number = 0;
        return text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(text[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
