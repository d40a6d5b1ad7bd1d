using System.Globalization;
using ClusterDns.Transport;

namespace ClusterDns.Plugins.Forward.Admission;

/// <summary>
/// Who may begin a query that waits for an upstream. There is a bound on all of them, and a client may have as many under
/// way as <see cref="FreeFactor"/> times what is still free ("dynamic threshold", Choudhury and Hahne, 1998). Nobody is
/// limited while there is room. Clients that want all there is get equal parts of it, however many they are, and there is
/// always something left for the next one to begin with.
/// </summary>
/// <remarks>
/// With n such clients each has 2 / (2n + 1) of the bound, and 1 / (2n + 1) stays free: a single client may have two
/// thirds of the bound, and up to half of it no combination of clients is limited. When another comes the others get no
/// more until theirs have ended, so parts become equal with the time of some queries.
/// </remarks>
internal sealed class QueryAdmission(int most)
{
    /// <summary>
    /// The larger, the more a single client may have, and the less is left to one that comes. With 1 a single client would
    /// have half of what <c>max_concurrent</c> says; with 4, five clients that come one after the other would leave a
    /// thousandth.
    /// </summary>
    public const int FreeFactor = 2;

    /// <summary>So many a client may have as long as anything is free: <c>max_concurrent 5</c> is five for a single client.</summary>
    public const int AlwaysAllowed = 8;

    private readonly ClientCounts _clients = new();
    private int _count;

    /// <summary>Queries under way at once.</summary>
    public int Most => most;

    /// <summary>Queries that a client may have under way while no other has any.</summary>
    public int MostOfOneClient => MostOfOne(most);

    /// <summary>Queries under way now.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>CoreDNS's words for a query that was refused because of the bound.</summary>
    public string TooManyError { get; } = string.Create(
        CultureInfo.InvariantCulture, $"concurrent queries exceeded maximum {most}");

    /// <summary>What <see cref="MostOfOneClient"/> is for a bound.</summary>
    public static int MostOfOne(int bound) =>
        (int)Math.Max(Math.Min(bound, AlwaysAllowed), ((long)bound + 1) * FreeFactor / (FreeFactor + 1));

    /// <summary>Queries of a client that are under way now, or a few more: see <see cref="ClientCounts"/>.</summary>
    public int CountOf(TransportAddress client) => _clients.Read(_clients.CellsOf(client));

    /// <summary>Begins a query, or says why not. Who is let in leaves by <see cref="Leave"/> with the same cells.</summary>
    public AdmissionVerdict TryEnter(TransportAddress client, out ulong cells)
    {
        cells = _clients.CellsOf(client);

        // Looked at before anything is written: in a flood nearly all are refused, by all cores at once.
        var verdict = Judge(Count + 1, _clients.Read(cells) + 1);
        if (verdict != AdmissionVerdict.Admitted)
        {
            return verdict;
        }

        verdict = Judge(Interlocked.Increment(ref _count), _clients.Add(cells));
        if (verdict != AdmissionVerdict.Admitted)
        {
            // Others came in between.
            Leave(cells);
        }

        return verdict;
    }

    public void Leave(ulong cells)
    {
        _clients.Remove(cells);
        Interlocked.Decrement(ref _count);
    }

    /// <param name="count">Queries under way, the new one included.</param>
    /// <param name="held">Those of its client.</param>
    private AdmissionVerdict Judge(int count, int held) =>
        count > most ? AdmissionVerdict.TooMany
        : held > Math.Max(AlwaysAllowed, FreeFactor * (long)(most - count + 1)) ? AdmissionVerdict.TooManyOfClient
        : AdmissionVerdict.Admitted;
}
