using System.Diagnostics.CodeAnalysis;
using ClusterDns.Wire;

namespace ClusterDns.Records;

/// <summary>RDATA as text, each type by whoever reads it right: fields of our own, the library, or bare octets.</summary>
internal static class RecordDataText
{
    /// <param name="type">TYPE.</param>
    /// <param name="recordClass">CLASS: A and AAAA are addresses in IN only.</param>
    /// <param name="words">The whole record.</param>
    /// <param name="start">The first word of the rdata.</param>
    /// <param name="origin">What names without a final dot end in; a whole name.</param>
    /// <param name="data">The rdata, uncompressed.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(
        RecordType type,
        RecordClass recordClass,
        IReadOnlyList<RecordWord> words,
        int start,
        ReadOnlySpan<byte> origin,
        [NotNullWhen(true)] out byte[]? data,
        [NotNullWhen(false)] out string? error)
    {
        if (GenericDataText.IsGeneric(words, start))
        {
            return GenericDataText.TryRead(words, start + 1, out data, out error)
                && IsWellFormed(type, recordClass, data, out error);
        }

        if (RecordFields.Of(type, recordClass) is { Length: > 0 } fields)
        {
            return FieldReader.TryRead(fields, words, start, origin, out data, out error);
        }

        if (LibraryRecords.Knows(type))
        {
            return LibraryRecords.TryRead(type, words, start, origin, out data, out error);
        }

        data = null;
        error = $"rdata of type {Mnemonic.Of(type)} can only be written as \\# LENGTH HEX";
        return false;
    }

    /// <summary>The rdata in the form that <see cref="TryRead"/> takes.</summary>
    public static string Format(RecordType type, RecordClass recordClass, ReadOnlySpan<byte> data)
    {
        if (RecordFields.Of(type, recordClass) is { Length: > 0 } fields)
        {
            return FieldWriter.TryFormat(fields, data, out var text) ? text : GenericDataText.Format(data);
        }

        return LibraryRecords.Knows(type) && LibraryRecords.TryFormat(type, data, out var known)
            ? known
            : GenericDataText.Format(data);
    }

    // RFC 3597, 5: octets given for a known type have to be what the type is made of.
    private static bool IsWellFormed(
        RecordType type, RecordClass recordClass, ReadOnlySpan<byte> data, [NotNullWhen(false)] out string? error)
    {
        var fields = RecordFields.Of(type, recordClass);
        var isWellFormed = fields.Length > 0 ? FieldWriter.TryFormat(fields, data, out _)
            : !LibraryRecords.Knows(type) || LibraryRecords.CanRead(type, data);
        error = isWellFormed ? null : $"the octets are no rdata of type {Mnemonic.Of(type)}";
        return isWellFormed;
    }
}
