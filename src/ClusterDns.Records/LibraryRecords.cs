using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ARSoft.Tools.Net;
using ARSoft.Tools.Net.Dns;
using ClusterDns.Wire;
using RecordClass = ARSoft.Tools.Net.Dns.RecordClass;
using RecordType = ClusterDns.Wire.RecordType;

namespace ClusterDns.Records;

/// <summary>
/// Rdata of the less common types, by ARSoft.Tools.Net. It tells a mistake by exceptions of any kind, and its text is
/// not always what it reads itself; so what it gives is checked by reading it back.
/// </summary>
internal static class LibraryRecords
{
    /// <summary>Octets in front of the rdata that the library writes: RDLENGTH.</summary>
    private const int LengthSize = 2;

    private const char LastSafeCharacter = '\x7F';

    /// <summary>
    /// Not WKS, whose protocol it reads as a port; nor CERT, whose names of types it does not find in a program that was
    /// compiled ahead of time.
    /// </summary>
    public static bool Knows(RecordType type) => type is RecordType.NSAP or RecordType.SIG
        or RecordType.KEY or RecordType.LOC or RecordType.APL or RecordType.DS or RecordType.SSHFP
        or RecordType.IPSECKEY or RecordType.RRSIG or RecordType.NSEC or RecordType.DNSKEY or RecordType.DHCID
        or RecordType.NSEC3 or RecordType.NSEC3PARAM or RecordType.TLSA or RecordType.SMIMEA or RecordType.HIP
        or RecordType.CDS or RecordType.CDNSKEY or RecordType.OPENPGPKEY or RecordType.CSYNC or RecordType.ZONEMD
        or RecordType.SVCB or RecordType.HTTPS or RecordType.EUI48 or RecordType.EUI64 or RecordType.AMTRELAY
        or RecordType.DLV;

    /// <param name="type">A type that it knows.</param>
    /// <param name="words">The whole record.</param>
    /// <param name="start">The first word of the rdata.</param>
    /// <param name="origin">What names without a final dot end in.</param>
    /// <param name="data">The rdata.</param>
    /// <param name="error">What is wrong.</param>
    public static bool TryRead(
        RecordType type,
        IReadOnlyList<RecordWord> words,
        int start,
        ReadOnlySpan<byte> origin,
        [NotNullWhen(true)] out byte[]? data,
        [NotNullWhen(false)] out string? error)
    {
        data = null;
        var end = WireName.ToText(origin);

        // To the library, @ is a label like any other; no rdata of its types has it but as a name.
        string[] texts = [.. words.Skip(start).Select(word => word is { Text: "@", IsQuoted: false } ? end : word.Text)];
        if (texts.Append(end).FirstOrDefault(text => !IsSafe(text)) is { } unsafeText)
        {
            // It would turn them into question marks.
            error = $"'{new RecordWord(unsafeText, false).Shown}' has characters outside ASCII, which type {Mnemonic.Of(type)} cannot have here";
            return false;
        }

        if (!TryEncode(type, texts, origin, out data) || !CanRead(type, data))
        {
            data = null;
            error = $"'{new RecordWord(string.Join(' ', texts), false).Shown}' is no rdata of type {Mnemonic.Of(type)}";
            return false;
        }

        error = null;
        return true;
    }

    /// <summary>False when the rdata is malformed or the library's text for it means something else.</summary>
    public static bool TryFormat(RecordType type, ReadOnlySpan<byte> data, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!TryDecode(type, data, out var record))
        {
            return false;
        }

        try
        {
            text = LibraryAccess.FormatData(record);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The library lets through what it cannot write.
            return false;
        }

        return RecordWords.TryCut(text, out var words, out _)
            && TryRead(type, words, 0, WireName.Root, out var again, out _)
            && data.SequenceEqual(again);
    }

    /// <summary>Whether the library reads these octets as the type, and would write the same.</summary>
    public static bool CanRead(RecordType type, ReadOnlySpan<byte> data) =>
        TryDecode(type, data, out var record) && TryEncode(record, out var again) && data.SequenceEqual(again);

    private static bool TryEncode(
        RecordType type, string[] texts, ReadOnlySpan<byte> origin, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        try
        {
            var record = LibraryAccess.FromText(
                null, DomainName.Root, (ARSoft.Tools.Net.Dns.RecordType)type, RecordClass.INet, 0, NameOf(origin), texts);
            return TryEncode(record, out data);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The library says by exceptions of many kinds that a text is wrong.
            return false;
        }
    }

    private static DomainName NameOf(ReadOnlySpan<byte> name) =>
        name.Length == WireName.Root.Length ? DomainName.Root : DomainName.Parse(WireName.ToText(name));

    private static bool TryEncode(DnsRecordBase record, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;

        // Its estimates are too small for some types, so there is room for any; and it sets bits in what it takes for zeros.
        var buffer = ArrayPool<byte>.Shared.Rent(LengthSize + ushort.MaxValue);
        buffer.AsSpan().Clear();
        try
        {
            var size = LibraryAccess.MaximumDataLength(record);
            if (size > ushort.MaxValue)
            {
                return false;
            }

            var position = 0;
            LibraryAccess.EncodeData(record, buffer, ref position, null, false);
            data = buffer[LengthSize..position];
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // It accepts what it cannot write, and then says so by exceptions of many kinds.
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool TryDecode(RecordType type, ReadOnlySpan<byte> data, [NotNullWhen(true)] out DnsRecordBase? record)
    {
        try
        {
            record = LibraryAccess.FromWire(
                null, 0, DomainName.Root, (ARSoft.Tools.Net.Dns.RecordType)type, RecordClass.INet, 0, data.ToArray(), 0, data.Length);
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The same for octets.
            record = null;
            return false;
        }
    }

    // Characters outside ASCII, written as they are or as \DDD, become question marks in its names and texts.
    private static bool IsSafe(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('\0', LastSafeCharacter))
        {
            return false;
        }

        for (var i = text.IndexOf('\\'); i >= 0 && i + 1 < text.Length; i = text.IndexOf('\\', i))
        {
            if (i + 4 <= text.Length && int.TryParse(text.AsSpan(i + 1, 3), out var octet) && octet > LastSafeCharacter)
            {
                return false;
            }

            i = Math.Min(i + 2, text.Length);
        }

        return true;
    }
}
