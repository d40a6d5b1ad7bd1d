namespace ClusterDns.Plugins.Rewrite;

/// <summary>What happens to an EDNS option of the query.</summary>
internal enum OptionAction : byte
{
    /// <summary>One that is there gets new data; otherwise it is added.</summary>
    Set,

    /// <summary>It is added, even when there is one.</summary>
    Append,

    /// <summary>One that is there gets new data.</summary>
    Replace,

    /// <summary>All of its code are taken out.</summary>
    Unset,
}
