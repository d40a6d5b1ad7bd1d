namespace ClusterDns.Kubernetes.Watching;

/// <summary>
/// Lists a kind page by page. The zone hears of each object as it is read and sweeps only after the last page, so a list
/// that breaks off does no harm.
/// </summary>
internal sealed class PagedList(KindContext context)
{
    private readonly ResourceTarget _target = context.Target;
    private readonly ChangeFeed _feed = context.Feed;
    private readonly WatchLimits _limits = context.Limits;

    public async Task<ApiOutcome> RunAsync(WatchPosition position, CancellationToken cancellation)
    {
        var path = _target.List(_limits.PageSize, anyVersion: !position.HasListed);
        for (var page = 0; page < _limits.MaxPages; page++)
        {
            using var silence = new SilenceTimer(context.Time, cancellation);
            using var answer = await context.Client.GetAsync(path, silence).ConfigureAwait(false);
            if (answer.Body is null)
            {
                return answer.Refusal;
            }

            if (page == 0)
            {
                await _feed.StartListAsync(cancellation).ConfigureAwait(false);
            }

            var list = new ListStream(answer.Body, context.Reader, silence, _limits);
            while (await list.NextAsync().ConfigureAwait(false) is { } item)
            {
                await _feed.ApplyAsync(item, cancellation).ConfigureAwait(false);
            }

            if (!list.HasItems || list.ResourceVersion is null)
            {
                return new ApiOutcome(ApiVerdict.Broken, "the API server answered an object that is no list");
            }

            if (list.Continue is null)
            {
                position.Begin(list.ResourceVersion, byBookmark: false, context.Time.GetTimestamp());
                await _feed.FinishListAsync(cancellation).ConfigureAwait(false);
                context.Observer.Listed(_target.Kind, list.ResourceVersion, context.Time.GetUtcNow());
                return ApiOutcome.Done;
            }

            path = _target.NextPage(_limits.PageSize, list.Continue);
        }

        return new ApiOutcome(ApiVerdict.Broken, $"the API server answered more than {_limits.MaxPages} pages");
    }
}
