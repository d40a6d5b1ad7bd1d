namespace ClusterDns.Transport.Upstream;

/// <summary>A connection that did not come about.</summary>
internal sealed class UpstreamDialException(UpstreamEnd end) : Exception(end.Error)
{
    public UpstreamEnd End => end;
}
