using System.Collections.Concurrent;

namespace ClusterDns.Testing.Faults;

/// <summary>
/// The names that a run asks for, and what each may be answered: what is true, and while the server cannot know better,
/// what was true before.
/// </summary>
public sealed class FaultNames(IFaultyCluster cluster)
{
    public const string Space = "clusterdns-faults";
    public const string Missing = "NXDOMAIN";
    public const string Empty = "NODATA";
    public const string Failure = "SERVFAIL";

    private const string Moved = "moved";
    private const string Gone = "gone";
    private const string Fresh = "fresh";
    private const int StableNames = 17;

    private readonly ConcurrentDictionary<string, string[]> _allowed = new();
    private int _turn;

    /// <summary>Every name that is asked for.</summary>
    public IReadOnlyList<string> All { get; } = [.. Enumerable.Range(0, StableNames).Select(number => $"stable-{number}"), Moved, Gone, Fresh];

    public static string DomainOf(string name) => $"{name}.{Space}.svc.cluster.local.";

    /// <summary>The last of them is what is true.</summary>
    public IReadOnlyList<string> Allowed(string name) => _allowed[name];

    /// <summary>The cluster as it is before a fault.</summary>
    public async Task PrepareAsync()
    {
        _turn++;
        await cluster.DeleteAsync(Fresh);
        _allowed[Fresh] = [Missing];
        foreach (var name in All.Where(name => name != Fresh))
        {
            _allowed[name] = [Address(name)];
            await cluster.PutAsync(name, Address(name));
        }
    }

    /// <summary>One address changes, one name goes, one comes.</summary>
    public async Task ChangeAsync()
    {
        // What may be answered comes first: an answer may be faster than we are.
        _turn++;
        _allowed[Moved] = [.. _allowed[Moved], Address(Moved)];
        await cluster.PutAsync(Moved, Address(Moved));

        // Kinds are told by connections of their own: a Service may be known before its endpoints, and after them.
        _allowed[Gone] = [.. _allowed[Gone], Empty, Missing];
        await cluster.DeleteAsync(Gone);
        _allowed[Fresh] = [.. _allowed[Fresh], Empty, Address(Fresh)];
        await cluster.PutAsync(Fresh, Address(Fresh));
    }

    /// <summary>From now on only the truth will do.</summary>
    public void Settle()
    {
        foreach (var name in All)
        {
            _allowed[name] = [_allowed[name][^1]];
        }
    }

    /// <summary>A server that starts without its API server may fail where it does not know a name, but not deny it.</summary>
    /// <param name="hasSnapshot">It knows all names but those that come and go meanwhile.</param>
    public void AllowFailure(bool hasSnapshot)
    {
        foreach (var name in hasSnapshot ? [Gone, Fresh] : All)
        {
            _allowed[name] = [Failure, .. _allowed[name]];
        }
    }

    private string Address(string name) => $"10.200.{(name.StartsWith("stable", StringComparison.Ordinal) ? 0 : _turn)}.{1 + Index(name)}";

    private int Index(string name) => All.TakeWhile(other => other != name).Count();
}
