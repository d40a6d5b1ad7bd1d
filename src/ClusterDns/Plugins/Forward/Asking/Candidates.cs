using ClusterDns.Plugins.Forward.Upstreams;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>
/// The upstreams that one query may ask, in the order of the policy: those nothing speaks against, then doubtful ones;
/// none that is down or out of service, unless all are down.
/// </summary>
internal sealed class Candidates
{
    private readonly Upstream[] _upstreams;
    private int _next;

    private Candidates(Upstream[] upstreams, bool areAllDown, string? error)
    {
        _upstreams = upstreams;
        AreAllDown = areAllDown;
        Error = error;
    }

    public int Count => _upstreams.Length;

    /// <summary>Probes say that no upstream lives. Perhaps they are wrong, so all are worth a try.</summary>
    public bool AreAllDown { get; }

    /// <summary>Why there is none: all were taken out of service.</summary>
    public string? Error { get; }

    public static Candidates Of(Upstream[] all, IUpstreamPolicy policy, IUpstreamPolicy policyWhenAllAreDown)
    {
        // Nearly always: one upstream, and nothing wrong with it.
        if (all is [{ IsDown: false, OutOfServiceReason: null }])
        {
            return new Candidates(all, areAllDown: false, null);
        }

        Upstream[] inService = [.. all.Where(upstream => upstream.OutOfServiceReason is null)];
        if (inService.Length == 0)
        {
            return new Candidates([], areAllDown: false, all.FirstOrDefault()?.OutOfServiceReason);
        }

        policy.Arrange(inService);
        Upstream[] up =
        [
            .. inService.Where(upstream => !upstream.IsDown && !upstream.IsDoubtful),
            .. inService.Where(upstream => !upstream.IsDown && upstream.IsDoubtful),
        ];
        if (up.Length > 0)
        {
            return new Candidates(up, areAllDown: false, null);
        }

        policyWhenAllAreDown.Arrange(inService);
        return new Candidates(inService, areAllDown: true, null);
    }

    /// <summary>The next one, around and around; from the second time on, those that went down are left out.</summary>
    public Upstream? Next()
    {
        for (var tries = 0; tries < _upstreams.Length; tries++)
        {
            var round = _next / _upstreams.Length;
            var upstream = _upstreams[_next++ % _upstreams.Length];
            if (upstream.OutOfServiceReason is null && (AreAllDown || round == 0 || !upstream.IsDown))
            {
                return upstream;
            }
        }

        return null;
    }
}
