using ClusterDns.Wire;

namespace ClusterDns.Cli.Querying;

/// <summary>What to ask, how, and how to print it.</summary>
internal sealed record QueryOptions
{
    public const ushort DefaultPayloadSize = 1232;

    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    /// <summary>As written: whether it ends in a dot decides about the search list.</summary>
    public required string Name { get; init; }

    public RecordType Type { get; init; } = RecordType.A;

    public RecordClass Class { get; init; } = RecordClass.IN;

    /// <summary>Address or host name, with or without port; null for those of resolv.conf.</summary>
    public string? Server { get; init; }

    public bool UsesTcp { get; init; }

    /// <summary>Octets of a reply over UDP; null without EDNS.</summary>
    public ushort? PayloadSize { get; init; } = DefaultPayloadSize;

    public bool DnssecOk { get; init; }

    public bool WantsRecursion { get; init; } = true;

    public bool Searches { get; init; }

    /// <summary>Longest wait for one reply.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    public bool IsShort { get; init; }

    public bool IsJson { get; init; }
}
