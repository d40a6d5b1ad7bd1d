namespace ClusterDns.Wire;

/// <summary>What becomes of a packet before anybody looks at the name it asks for.</summary>
public enum QueryVerdict : byte
{
    /// <summary>A whole query with one question.</summary>
    Accepted,

    /// <summary>A reply, or no header: answering could start a loop.</summary>
    Silence,

    /// <summary>FORMERR, header alone.</summary>
    FormatError,

    /// <summary>NOTIMP, header alone.</summary>
    NotImplemented,

    /// <summary>BADVERS, with question and OPT (RFC 6891, 6.1.3).</summary>
    BadVersion,
}
