namespace ClusterDns.Serving;

/// <summary>What a plugin, or the chain behind it, made of a query.</summary>
internal enum ServeOutcome : byte
{
    /// <summary>Not for this plugin: the next one is asked.</summary>
    Declined,

    /// <summary>The query's reply is written, whatever its rcode.</summary>
    Answered,

    /// <summary>
    /// The query's reply is the first message of several, and <see cref="Query.Rest"/> writes the others: for whoever looks
    /// at replies, an answer by this message.
    /// </summary>
    Streamed,

    /// <summary>No reply is to be sent.</summary>
    Dropped,

    /// <summary>Nothing is written; the server sends an empty reply with the rcode.</summary>
    Failed,
}
