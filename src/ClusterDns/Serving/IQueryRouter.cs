namespace ClusterDns.Serving;

/// <summary>Chooses the server block for a query and runs its chain: a running server, or a test's stand-in.</summary>
internal interface IQueryRouter
{
    /// <summary>Serves a query that was read and accepted; a query of no block's zone fails with REFUSED.</summary>
    ValueTask<ServeResult> ServeAsync(Query query);
}
