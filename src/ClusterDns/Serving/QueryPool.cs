using Microsoft.Extensions.ObjectPool;

namespace ClusterDns.Serving;

/// <summary>Queries between uses. Only queries that wait, and lookups of our own, come from here.</summary>
internal sealed class QueryPool
{
    /// <summary>Idle queries kept, about 4 KiB each; more than that are left to the collector.</summary>
    public const int MostIdle = 1024;

    private readonly DefaultObjectPool<Query> _pool = new(new Policy(), MostIdle);

    public Query Rent() => _pool.Get();

    public void Return(Query query) => _pool.Return(query);

    private sealed class Policy : PooledObjectPolicy<Query>
    {
        public override Query Create() => new();

        public override bool Return(Query query)
        {
            query.Dispose();
            return true;
        }
    }
}
