namespace ClusterDns.Plugins.Log;

/// <summary>What a placeholder of a format stands for.</summary>
internal enum LogField : byte
{
    /// <summary>No placeholder: text of the format itself.</summary>
    Literal,

    /// <summary><c>{/LABEL}</c>: what a plugin of the block knows about the query.</summary>
    Metadata,

    Type,
    Name,
    Class,
    Protocol,
    Size,
    Remote,
    Port,
    Local,
    Id,
    Opcode,
    DnssecOk,
    BufferSize,
    ReplyCode,
    ReplyFlags,
    ReplySize,
    Duration,
}
