namespace ClusterDns.Wire;

/// <summary>What has to be known of the records behind a question besides their octets, to send them again.</summary>
/// <param name="Answers">Answer records.</param>
/// <param name="Authorities">Authority records.</param>
/// <param name="Additionals">Additional records, OPT not counted.</param>
/// <param name="RequiredLength">Octets up to the end of the last answer or authority record.</param>
/// <param name="Saved">Octets that pointers have spared.</param>
public readonly record struct ReplyShape(
    ushort Answers,
    ushort Authorities,
    ushort Additionals,
    int RequiredLength,
    int Saved);
