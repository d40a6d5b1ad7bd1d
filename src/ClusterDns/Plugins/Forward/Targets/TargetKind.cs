namespace ClusterDns.Plugins.Forward.Targets;

/// <summary>What a TO argument is.</summary>
internal enum TargetKind
{
    /// <summary>An address with or without a port.</summary>
    Address,

    /// <summary>A file with <c>nameserver</c> lines.</summary>
    File,

    /// <summary>A host name, to be resolved.</summary>
    Host,
}
