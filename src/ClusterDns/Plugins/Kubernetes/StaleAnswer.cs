using ClusterDns.Wire;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>
/// Marks a reply that was made from a snapshot: to be kept for a moment only, and said to be stale to clients with EDNS
/// (RFC 8914, 4.4). A failure is no stale answer and stays as it is.
/// </summary>
internal static class StaleAnswer
{
    /// <summary>Seconds: CoreDNS's own default, so that a client asks again soon after the API server is back.</summary>
    private const uint MostTimeToLive = 5;

    /// <param name="reply">The reply.</param>
    /// <param name="isTold">Whether clients with EDNS are told.</param>
    public static void Mark(Reply reply, bool isTold)
    {
        if (reply.Code == ResponseCode.ServerFailure)
        {
            return;
        }

        var records = reply.ReadRecords();
        while (records.TryRead(out var record))
        {
            if (record.TimeToLive > MostTimeToLive)
            {
                reply.SetTimeToLive(record, MostTimeToLive);
            }
        }

        if (isTold)
        {
            reply.AddOption(EdnsOption.ExtendedError, ExtendedErrors.StaleAnswer);
        }
    }
}
