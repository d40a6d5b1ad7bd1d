namespace ClusterDns.Transport.Upstream;

/// <summary>What an <see cref="UpstreamClient"/> has seen since it was made.</summary>
/// <param name="OpenUdpSockets">UDP sockets open now.</param>
/// <param name="OpenConnections">Connections open now or being opened.</param>
/// <param name="InFlight">Queries waiting for their replies now.</param>
/// <param name="UdpSocketsOpened">UDP sockets made.</param>
/// <param name="ConnectionsOpened">Connections begun.</param>
/// <param name="Malformed">Messages that are no replies or hold records cut short: damage, or forged.</param>
/// <param name="Mismatched">Replies with the id of a waiting query but not its question: forged, or a confused server.</param>
/// <param name="Unasked">Replies with an id that no query waits for: late, sent twice, or forged.</param>
/// <param name="Cut">UDP replies that were longer than what we had room for, and so count as truncated.</param>
/// <param name="Retried">Queries sent again because the connection they were sent on had ended meanwhile.</param>
public readonly record struct UpstreamCounters(
    int OpenUdpSockets,
    int OpenConnections,
    int InFlight,
    long UdpSocketsOpened,
    long ConnectionsOpened,
    long Malformed,
    long Mismatched,
    long Unasked,
    long Cut,
    long Retried);
