namespace ClusterDns.Plugins.Kubernetes;

/// <summary>How names below <c>pod.ZONE</c> are answered: the <c>pods</c> property.</summary>
internal enum PodMode : byte
{
    /// <summary>Not at all.</summary>
    Disabled,

    /// <summary>Any name that spells an address is answered with it, in every namespace that exists.</summary>
    Insecure,

    /// <summary>Only if a pod of the namespace has the address.</summary>
    Verified,
}
