using ClusterDns.Plugins.Cancel;
using ClusterDns.Plugins.Forward.Asking;

namespace ClusterDns.Explaining.Reasons;

/// <summary>A chain that took longer than <c>cancel</c> lets it.</summary>
internal static class CancelReason
{
    /// <summary>Null where the chain was in time.</summary>
    public static Reason? Explain(TraceReading reading)
    {
        if (reading.Steps.OfType<CancelStep>().FirstOrDefault() is not { } step)
        {
            return null;
        }

        // What was heard later is not the reason.
        var attempts = reading.Before(step).Steps.OfType<UpstreamStep>().ToList();
        var heard = attempts.Count > 0 ? $"; until then {ForwardReason.Describe(attempts)}" : "";
        return new Reason(
            $"cancel gave up after {ForwardReason.Duration(step.Timeout)}, before there was a reply{heard}",
            "See why the upstreams are slow, or give `cancel` a longer time.",
            Nearness.Unheard);
    }
}
