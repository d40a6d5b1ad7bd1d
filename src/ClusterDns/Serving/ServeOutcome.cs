namespace ClusterDns.Serving;

/// <summary>What a plugin, or the chain behind it, made of a query.</summary>
internal enum ServeOutcome : byte
{
    /// <summary>Not for this plugin: the next one is asked.</summary>
    Declined,

    /// <summary>The query's reply is written, whatever its rcode.</summary>
    Answered,

    /// <summary>No reply is to be sent.</summary>
    Dropped,

    /// <summary>Nothing is written; the server sends an empty reply with the rcode.</summary>
    Failed,
}
