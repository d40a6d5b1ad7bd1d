namespace ClusterDns.Wire;

/// <summary>The fixed-size facts of an accepted query.</summary>
/// <param name="Id">Message id, to be echoed.</param>
/// <param name="Flags">The second 16 bits of the header, as sent.</param>
/// <param name="QuestionEnd">First octet behind the question.</param>
/// <param name="Type">QTYPE.</param>
/// <param name="Class">QCLASS.</param>
/// <param name="Edns">The OPT record, if there was one.</param>
public readonly record struct QueryFields(
    ushort Id,
    ushort Flags,
    int QuestionEnd,
    RecordType Type,
    RecordClass Class,
    Edns Edns);
