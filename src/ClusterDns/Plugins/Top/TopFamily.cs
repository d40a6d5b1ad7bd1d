namespace ClusterDns.Plugins.Top;

/// <summary>What queries are told apart by.</summary>
internal enum TopFamily
{
    /// <summary>Who asked: an address, and the pod that has it as far as that is known.</summary>
    Client,

    /// <summary>The namespace of the pod that asked; queries of others are not counted here.</summary>
    Namespace,

    /// <summary>The name asked for, in lower case.</summary>
    Name,

    /// <summary>What the client was told.</summary>
    Rcode,

    /// <summary>The name asked for, where an upstream was asked too.</summary>
    Upstream,
}
