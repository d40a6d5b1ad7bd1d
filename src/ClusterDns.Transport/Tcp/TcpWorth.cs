namespace ClusterDns.Transport.Tcp;

/// <summary>
/// How much a connection would be missed. One that never asked anything goes before one that did; then the one that has
/// been idle longest, where the time of an address with many connections counts as often as it has connections: idleness
/// is what attackers can afford, and many at once is what a client does not need.
/// </summary>
/// <param name="HasAsked">Whether a whole query has come.</param>
/// <param name="IdleTicks">Time without a query or an answer, for all connections of its address.</param>
internal readonly record struct TcpWorth(bool HasAsked, double IdleTicks)
{
    /// <summary>Puts the seat in the place of <paramref name="least"/> if it is worth less; those that wait for answers are not compared.</summary>
    public static void KeepLower(TcpSeat seat, ref TcpSeat? least, ref TcpWorth worth)
    {
        var connection = seat.Connection;
        if (connection.WaitsForAnswers)
        {
            return;
        }

        var other = new TcpWorth(connection.HasAsked, (double)connection.IdleTime.Ticks * seat.Share.Count);
        if (least is null || other.IsLessThan(worth))
        {
            (least, worth) = (seat, other);
        }
    }

    private bool IsLessThan(in TcpWorth other) =>
        HasAsked != other.HasAsked ? other.HasAsked : IdleTicks > other.IdleTicks;
}
