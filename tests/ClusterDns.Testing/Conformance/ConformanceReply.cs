namespace ClusterDns.Testing.Conformance;

/// <summary>What the set compares of a reply. Records are <c>owner ttl type rdata</c>, letter case kept.</summary>
internal sealed record ConformanceReply
{
    /// <summary>Name of the rcode: <c>NOERROR</c>, <c>NXDOMAIN</c>.</summary>
    public required string ResponseCode { get; init; }

    /// <summary>Flags that are set, QR left out.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>In the order of the packet; sorted where the reply comes from the set. Empty there if it was cut.</summary>
    public IReadOnlyList<string> Answer { get; init; } = [];

    public IReadOnlyList<string> Authority { get; init; } = [];

    public IReadOnlyList<string> Additional { get; init; } = [];

    /// <summary>Answer records of a reply that was cut.</summary>
    public int AnswerCount { get; init; }

    /// <summary>Size and DO of the OPT record as <c>1232 do</c>; null without one.</summary>
    public string? Edns { get; init; }

    public bool IsTruncated => Flags.Contains("TC");
}
