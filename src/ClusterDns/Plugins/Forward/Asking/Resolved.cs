using ClusterDns.Wire;

namespace ClusterDns.Plugins.Forward.Asking;

/// <summary>How a question ended: a reply that is to be sent, or why there is none.</summary>
/// <param name="Answer">The reply; disposed by whoever disposes this.</param>
/// <param name="Upstream">The upstream that gave it, or the last one asked; null when none was.</param>
/// <param name="Error">Why there is no reply; null when there is one.</param>
/// <param name="Reason">What of that a client may be told.</param>
internal sealed record Resolved(
    Attempt? Answer, string? Upstream, string? Error, FailureReason Reason = FailureReason.None) : IDisposable
{
    /// <summary>For those who waited for an exchange that ended in an exception.</summary>
    public static readonly Resolved Broken = new(null, null, "the exchange with the upstream broke off");

    public void Dispose() => Answer?.Dispose();
}
