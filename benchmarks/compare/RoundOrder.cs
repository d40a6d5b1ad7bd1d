namespace ClusterDns.Compare;

/// <summary>
/// Who is asked when. Every second round is the one before it backwards, and after each two another begins: with two servers
/// AB BA BA AB. Over an even number of rounds each is asked before each other as often as after it, and a machine that grows
/// steadily slower is no one's disadvantage.
/// </summary>
internal static class RoundOrder
{
    /// <param name="round">Counted from 1.</param>
    /// <param name="count">Of servers, which are numbered from 0.</param>
    public static IEnumerable<int> Of(int round, int count)
    {
        var first = (round - 1) / 2;
        var forwards = Enumerable.Range(0, count).Select(place => (first + place) % count);
        return round % 2 == 0 ? forwards.Reverse() : forwards;
    }
}
