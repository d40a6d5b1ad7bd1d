using Microsoft.Extensions.ObjectPool;

namespace ClusterDns.Plugins.Rewrite;

/// <summary>Drafts between uses: as many as queries wait for the rest of the chain.</summary>
internal sealed class ReplyDraftPool
{
    /// <summary>Idle drafts kept, about 8 KiB each.</summary>
    public const int MostIdle = 256;

    private readonly DefaultObjectPool<ReplyDraft> _pool = new(new Policy(), MostIdle);

    public ReplyDraft Rent() => _pool.Get();

    public void Return(ReplyDraft draft) => _pool.Return(draft);

    private sealed class Policy : PooledObjectPolicy<ReplyDraft>
    {
        public override ReplyDraft Create() => new();

        public override bool Return(ReplyDraft draft)
        {
            draft.Clear();
            return true;
        }
    }
}
