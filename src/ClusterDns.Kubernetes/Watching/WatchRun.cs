using System.Security.Cryptography;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>One watch from its request to its end, with or without a streamed list at its head.</summary>
internal sealed class WatchRun(KindContext context)
{
    private readonly ResourceTarget _target = context.Target;
    private readonly ChangeFeed _feed = context.Feed;
    private readonly WatchLimits _limits = context.Limits;
    private readonly TimeProvider _time = context.Time;
    private readonly ApiServerObserver _observer = context.Observer;

    /// <summary>A streamed list has begun and not come to its end.</summary>
    public bool IsListing { get; private set; }

    /// <summary>The API server has begun a watch since <see cref="Forget"/>.</summary>
    public bool HasBegun { get; private set; }

    public void Forget() => HasBegun = false;

    /// <summary>Follows changes from the position; without a version there, begins with a streamed list.</summary>
    public async Task<ApiOutcome> RunAsync(WatchPosition position, CancellationToken cancellation)
    {
        IsListing = false;
        var length = _limits.WatchLength * (1 + RandomNumberGenerator.GetInt32(1000) / 1000.0);
        using var silence = new SilenceTimer(_time, cancellation);
        var path = position.Version is { } version ? _target.Watch(version, length) : _target.StreamedList(length);
        using var answer = await context.Client.GetAsync(path, silence).ConfigureAwait(false);
        if (answer.Body is null)
        {
            return answer.Refusal;
        }

        HasBegun = true;
        if (position.Version is null)
        {
            IsListing = true;
            await _feed.StartListAsync(cancellation).ConfigureAwait(false);
        }
        else
        {
            context.Trouble.Over();
            _observer.Following(_target.Kind);
        }

        var stream = new WatchStream(answer.Body, context.Reader, silence, _limits);
        while (await stream.NextAsync(LongestSilence(position, length)).ConfigureAwait(false) is { } told)
        {
            var outcome = await ApplyAsync(told, position, cancellation).ConfigureAwait(false);
            if (!outcome.IsDone)
            {
                return outcome;
            }
        }

        return IsListing ? new ApiOutcome(ApiVerdict.Failed, "the API server ended a streamed list before it was whole") : ApiOutcome.Done;
    }

    private TimeSpan LongestSilence(WatchPosition position, TimeSpan length) =>
        IsListing ? _limits.ListSilence
        : position.SendsBookmarks ? _limits.BookmarkSilence
        : length + _limits.WatchLengthMargin;

    private async ValueTask<ApiOutcome> ApplyAsync(WatchEvent told, WatchPosition position, CancellationToken cancellation)
    {
        switch (told.Type)
        {
            case WatchEventType.Put:
                await _feed.ApplyAsync(told.Reading, cancellation).ConfigureAwait(false);
                Advance(told, position);
                break;
            case WatchEventType.Deleted:
                await _feed.RemoveAsync(told.Reading, cancellation).ConfigureAwait(false);
                Advance(told, position);
                break;
            case WatchEventType.Bookmark:
                return await BookmarkAsync(told, position, cancellation).ConfigureAwait(false);
            case WatchEventType.Error:
                return told.Error;
        }

        return ApiOutcome.Done;
    }

    // Objects of a streamed list come in the order of their names and carry their own versions: no place to resume from.
    private void Advance(in WatchEvent told, WatchPosition position)
    {
        if (!IsListing)
        {
            position.Advance(told.Version);
            _observer.EventReceived(_target.Kind, told.Version, _time.GetUtcNow());
        }
    }

    private async ValueTask<ApiOutcome> BookmarkAsync(WatchEvent told, WatchPosition position, CancellationToken cancellation)
    {
        if (IsListing)
        {
            return await FinishListAsync(told, position, cancellation).ConfigureAwait(false);
        }

        _observer.BookmarkReceived(_target.Kind, told.Version, _time.GetUtcNow());
        return position.TryBookmark(told.Version)
            ? ApiOutcome.Done
            : new ApiOutcome(ApiVerdict.Expired, "the API server has gone back to an older version");
    }

    private async ValueTask<ApiOutcome> FinishListAsync(WatchEvent told, WatchPosition position, CancellationToken cancellation)
    {
        if (!told.EndsInitialEvents)
        {
            return ApiOutcome.Done;
        }

        if (told.Version is null)
        {
            return new ApiOutcome(ApiVerdict.Broken, "the API server ended a streamed list without a version");
        }

        IsListing = false;
        position.Begin(told.Version, byBookmark: true, _time.GetTimestamp());
        await _feed.FinishListAsync(cancellation).ConfigureAwait(false);
        context.Trouble.Over();
        _observer.Listed(_target.Kind, told.Version, _time.GetUtcNow());
        _observer.Following(_target.Kind);
        return ApiOutcome.Done;
    }
}
