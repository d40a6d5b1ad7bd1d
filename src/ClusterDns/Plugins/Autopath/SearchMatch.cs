namespace ClusterDns.Plugins.Autopath;

/// <summary>What a query's name is to its client's search list.</summary>
internal enum SearchMatch : byte
{
    /// <summary>Nothing that a search list would have made: it goes on as it is.</summary>
    None,

    /// <summary>It may well be, but whose list it is cannot be told.</summary>
    UnknownClient,

    /// <summary>The name under the list's first element.</summary>
    First,
}
