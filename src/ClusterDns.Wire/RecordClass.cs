namespace ClusterDns.Wire;

/// <summary>CLASS values (RFC 1035, 3.2.4; NONE from RFC 2136).</summary>
public enum RecordClass : ushort
{
    IN = 1,
    CH = 3,
    HS = 4,
    NONE = 254,
    ANY = 255,
}
