using ClusterDns.Plugins.Forward.Upstreams;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>
/// The upstreams that one query may ask, in the order of the policy: those nothing speaks against, then doubtful ones, and at
/// last those that were down and have come back while the query was under way; none that is out of service.
/// </summary>
internal sealed class Candidates
{
    private readonly Upstream[] _upstreams;
    private int _next;

    private Candidates(Upstream[] upstreams, int count, bool areAllDown = false, string? error = null)
    {
        _upstreams = upstreams;
        Count = count;
        AreAllDown = areAllDown;
        Error = error;
    }

    /// <summary>Those that could be asked when the query came.</summary>
    public int Count { get; }

    /// <summary>With those that were down.</summary>
    public int CountInService => _upstreams.Length;

    /// <summary>Probes say that no upstream lives. Perhaps they are wrong, so all are worth a try.</summary>
    public bool AreAllDown { get; }

    /// <summary>Why there is none: all were taken out of service.</summary>
    public string? Error { get; }

    public static Candidates Of(Upstream[] all, IUpstreamPolicy policy, IUpstreamPolicy policyWhenAllAreDown)
    {
        // Nearly always: one upstream, and nothing wrong with it.
        if (all is [{ IsDown: false, OutOfServiceReason: null }])
        {
            return new Candidates(all, count: 1);
        }

        Upstream[] inService = [.. all.Where(upstream => upstream.OutOfServiceReason is null)];
        if (inService.Length == 0)
        {
            return new Candidates([], count: 0, error: all.FirstOrDefault()?.OutOfServiceReason);
        }

        policy.Arrange(inService);
        Upstream[] up = [.. inService.Where(upstream => !upstream.IsDown).OrderBy(upstream => upstream.IsDoubtful)];
        if (up.Length > 0)
        {
            return new Candidates(up.Length == inService.Length ? up : [.. up, .. inService.Except(up)], up.Length);
        }

        policyWhenAllAreDown.Arrange(inService);
        return new Candidates(inService, inService.Length, areAllDown: true);
    }

    /// <summary>
    /// The next one, around and around. Those that are down at that moment are left out, but for the first time of each that
    /// was not when the query came.
    /// </summary>
    public Upstream? Next()
    {
        for (var tries = 0; tries < _upstreams.Length; tries++)
        {
            var isFirstOfGood = _next < Count;
            var upstream = _upstreams[_next++ % _upstreams.Length];
            if (upstream.OutOfServiceReason is null && (AreAllDown || isFirstOfGood || !upstream.IsDown))
            {
                return upstream;
            }
        }

        return null;
    }
}
