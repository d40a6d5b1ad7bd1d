using ClusterDns.Wire;

namespace ClusterDns.Serving.Streaming;

/// <summary>
/// A zone at one moment, record by record; what changes later is not seen. Used by one thread at a time. The SOA stands
/// apart: it is the first record of a transfer and the last.
/// </summary>
internal interface IZoneContents
{
    /// <summary>The SOA's serial. No change that is not in here may have it or an older one.</summary>
    uint Serial { get; }

    /// <summary>Adds the SOA as an answer; false when it has no room.</summary>
    bool TryAddStartOfAuthority(Reply reply);

    /// <summary>Goes to the next record, at first to the first one; false when there is none.</summary>
    bool MoveNext();

    /// <summary>Adds the record as an answer, with its whole name as owner; false as the reply's own methods say it.</summary>
    bool TryAdd(Reply reply);
}
