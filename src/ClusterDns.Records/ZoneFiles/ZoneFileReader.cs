using System.Diagnostics.CodeAnalysis;
using ClusterDns.Wire;

namespace ClusterDns.Records.ZoneFiles;

/// <summary>
/// The records of a zone file (RFC 1035, 5.1) one by one, with <c>$ORIGIN</c>, <c>$TTL</c> (RFC 2308, 4), <c>$INCLUDE</c>
/// and <c>$GENERATE</c>. Rdata of every type that <see cref="RecordParser"/> knows, any other as <c>\# LENGTH HEX</c>
/// (RFC 3597, 5). Never throws, whatever the file.
/// </summary>
public sealed class ZoneFileReader : IDisposable
{
    private readonly Stack<ZoneFilePart> _parts = [];
    private readonly ZoneReadBudget _budget = new();
    private readonly Func<string, Stream> _open;

    /// <param name="file">Read from where it is; closed with this.</param>
    /// <param name="path">For messages, and where relative paths of included files begin.</param>
    /// <param name="origin">What relative names end in until the file says otherwise.</param>
    /// <param name="open">Opens an included file; may throw what <see cref="File.OpenRead"/> throws.</param>
    public ZoneFileReader(Stream file, string path, DnsName origin, Func<string, Stream> open)
    {
        _open = open;
        _parts.Push(new ZoneFilePart(path, new ZoneEntryReader(file, _budget), new ZoneFileScope(origin.Wire.ToArray())));
    }

    /// <summary>What is wrong, as <c>FILE:LINE: sentence</c>; null as long as nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>Where the record that was read last begins, as <c>FILE:LINE</c>.</summary>
    public string Place => _parts.TryPeek(out var part) ? $"{part.Path}:{part.Entries.Line}" : "";

    /// <summary>The next record. False at the end and at the first mistake, which <see cref="Error"/> then tells.</summary>
    public bool TryRead([NotNullWhen(true)] out WireRecord? record)
    {
        record = null;
        while (Error is null && _parts.TryPeek(out var part))
        {
            if (part.Generated is { } generated)
            {
                if (generated.MoveNext())
                {
                    return TryRead(part, generated.Current, hasOwner: true, out record);
                }

                part.Generated = null;
            }

            if (!part.Entries.TryRead(out var entry, out var error))
            {
                if (error is not null)
                {
                    return Fail(error);
                }

                _parts.Pop().Entries.Dispose();
                continue;
            }

            if (!RecordWords.TryCut(entry.Text, out var words, out error))
            {
                return Fail(error);
            }

            if (words.Count == 0)
            {
                continue;
            }

            if (words[0] is not { IsQuoted: false, Text: ['$', ..] })
            {
                return TryRead(part, words, entry.HasOwner, out record);
            }

            Error = Follow(part, words) is { } mistake ? $"{Place}: {mistake}" : null;
        }

        return false;
    }

    public void Dispose()
    {
        while (_parts.TryPop(out var part))
        {
            part.Entries.Dispose();
        }
    }

    private bool TryRead(
        ZoneFilePart part, IReadOnlyList<RecordWord> words, bool hasOwner, [NotNullWhen(true)] out WireRecord? record)
    {
        if (!ZoneRecordReader.TryRead(words, hasOwner, part.Scope, out record, out var error))
        {
            return Fail(error);
        }

        return _budget.TryTakeRecord() || Fail($"there are more than {ZoneFileLimits.MaxRecords} records");
    }

    private bool Fail(string error)
    {
        Error = $"{Place}: {error}";
        return false;
    }

    private string? Follow(ZoneFilePart part, List<RecordWord> words) => words[0].Text.ToUpperInvariant() switch
    {
        "$ORIGIN" => TakeOrigin(part.Scope, words),
        "$TTL" => TakeTimeToLive(part.Scope, words),
        "$INCLUDE" => Include(part, words),
        "$GENERATE" => ZoneGenerator.TryCreate(words, out var records, out var error) ? Generate(part, records) : error,
        _ => $"'{words[0].Shown}' is not a directive of zone files",
    };

    private static string? TakeOrigin(ZoneFileScope scope, List<RecordWord> words)
    {
        if (words.Count != 2 || !scope.TryRead(words[1], out var origin))
        {
            return "$ORIGIN needs one domain name";
        }

        scope.Origin = origin;
        return null;
    }

    private static string? TakeTimeToLive(ZoneFileScope scope, List<RecordWord> words)
    {
        if (words.Count != 2 || !TimeToLiveText.TryRead(words[1].Text, out var seconds))
        {
            return "$TTL needs one TTL";
        }

        scope.DefaultTimeToLive = seconds;
        return null;
    }

    private static string? Generate(ZoneFilePart part, IEnumerable<IReadOnlyList<RecordWord>> records)
    {
        part.Generated = records.GetEnumerator();
        return null;
    }

    private string? Include(ZoneFilePart part, List<RecordWord> words)
    {
        if (words.Count is < 2 or > 3)
        {
            return "$INCLUDE needs a file, and may have an origin";
        }

        var scope = part.Scope with { };
        if (words.Count == 3)
        {
            if (!scope.TryRead(words[2], out var origin))
            {
                return $"'{words[2].Shown}' is not a domain name";
            }

            scope.Origin = origin;
        }

        if (_parts.Count > ZoneFileLimits.MaxIncludeDepth)
        {
            return $"more than {ZoneFileLimits.MaxIncludeDepth} files include one another";
        }

        try
        {
            var path = Path.Combine(Path.GetDirectoryName(part.Path) ?? "", words[1].Text);
            _parts.Push(new ZoneFilePart(path, new ZoneEntryReader(_open(path), _budget), scope));
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The path is the file's word, and the file behind it somebody else's.
            return $"'{words[1].Shown}' cannot be included: {failure.Message}";
        }
    }
}
