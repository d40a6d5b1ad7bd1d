namespace ClusterDns.Wire;

/// <summary>The record sections of a message, in the order they stand in it (RFC 1035, 4.1).</summary>
public enum Section : byte
{
    Answer = 0,
    Authority = 1,
    Additional = 2,
}
