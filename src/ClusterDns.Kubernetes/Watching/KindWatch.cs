using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>
/// One kind: lists it, follows its changes, and after each interruption goes on from where it was, or lists again where
/// the API server has forgotten that place.
/// </summary>
internal sealed class KindWatch(KindContext context, ILogger logger)
{
    private readonly WatchLimits _limits = context.Limits;
    private readonly WatchPosition _position = new();
    private readonly PagedList _list = new(context);
    private readonly WatchRun _watch = new(context);
    private readonly Backoff _resume = NewResume(context);

    // Of watches that the API server had begun: that they broke off is another trouble than that there was no answer, and
    // a first break soon after an outage must not wait as long as the outage's last attempt.
    private readonly Backoff _resumeBroken = NewResume(context);
    private readonly Backoff _relist = new(
        context.Limits.FirstRelistDelay, context.Limits.LongestRelistDelay, soundAfter: TimeSpan.MaxValue, context.Time);
    private bool _knowsStreamedLists = true;
    private bool _listsByPages;
    private int _brokenInRow;
    private string? _brokenAt;
    private string _verb = "list";

    /// <summary>Runs until cancelled, or until the API server says that it does not know the kind and never has.</summary>
    public async Task RunAsync(bool endsWhenMissing, CancellationToken cancellation)
    {
        context.Observer.Started(context.Target.Kind);
        try
        {
            await RepeatAsync(endsWhenMissing, cancellation).ConfigureAwait(false);
        }
        finally
        {
            context.Observer.Stopped(context.Target.Kind);
        }
    }

    private async Task RepeatAsync(bool endsWhenMissing, CancellationToken cancellation)
    {
        while (true)
        {
            var outcome = await TryAttemptAsync(cancellation).ConfigureAwait(false);
            if (endsWhenMissing && outcome.Verdict == ApiVerdict.Missing && !_position.HasListed)
            {
                return;
            }

            await PauseAsync(outcome, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<ApiOutcome> TryAttemptAsync(CancellationToken cancellation)
    {
        _watch.Forget();
        try
        {
            return await AttemptAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException)
        {
            return new ApiOutcome(ApiVerdict.Broken, "the API server's answer breaks off or is no JSON: " + Printable.Of(failure.Message));
        }
        catch (Exception failure) when (failure is not ChannelClosedException)
        {
            // The watch edge: sockets, TLS, HTTP, silence, a credential plugin. Whatever ends one attempt must not end the
            // following of the kind; only the source's own end does.
            cancellation.ThrowIfCancellationRequested();
            return new ApiOutcome(ApiVerdict.Failed, Describe(failure), IsSilence: failure is OperationCanceledException);
        }
    }

    private async Task<ApiOutcome> AttemptAsync(CancellationToken cancellation)
    {
        if (_position.Version is null && _knowsStreamedLists && !_listsByPages)
        {
            var outcome = await StreamListAsync(cancellation).ConfigureAwait(false);
            if (outcome.Verdict is not (ApiVerdict.NotUnderstood or ApiVerdict.Missing))
            {
                return outcome;
            }
        }

        if (_position.Version is null)
        {
            _verb = "list";
            _listsByPages = false;
            var outcome = await _list.RunAsync(_position, cancellation).ConfigureAwait(false);
            if (!outcome.IsDone)
            {
                return outcome;
            }
        }

        _verb = "watch";
        return await _watch.RunAsync(_position, cancellation).ConfigureAwait(false);
    }

    // A streamed list that was begun and not ended, or not allowed, is tried by pages the next time: the server may take the
    // request for a plain watch, or the role may know list alone.
    private async Task<ApiOutcome> StreamListAsync(CancellationToken cancellation)
    {
        _verb = "watch";
        var outcome = default(ApiOutcome);
        try
        {
            outcome = await _watch.RunAsync(_position, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _listsByPages = _watch.IsListing || outcome.Verdict == ApiVerdict.Forbidden;
        }

        _knowsStreamedLists = outcome.Verdict != ApiVerdict.NotUnderstood;
        return outcome;
    }

    private async Task PauseAsync(ApiOutcome outcome, CancellationToken cancellation)
    {
        if (MustRelist(in outcome))
        {
            if (_position.ListedAt is { } listed && context.Time.GetElapsedTime(listed) >= _limits.SoundList)
            {
                _relist.Reset();
            }

            _position.Lose();
        }

        var relists = _position.Version is null;
        var delay = relists && outcome.Verdict == ApiVerdict.Expired ? _relist.Next()
            : _watch.HasBegun ? _resumeBroken.Next()
            : _resume.Next();
        if (outcome.RetryAfter is { } asked)
        {
            var obeyed = asked < _limits.LongestRetryAfter ? asked : _limits.LongestRetryAfter;
            delay = obeyed > delay ? obeyed : delay;
        }

        Tell(in outcome, delay);
        context.Observer.Interrupted(context.Target.Kind, relists, outcome.Interruption, outcome.Reason);
        await Task.Delay(delay, context.Time, cancellation).ConfigureAwait(false);
    }

    private bool MustRelist(in ApiOutcome outcome)
    {
        if (outcome.Verdict is ApiVerdict.Expired or ApiVerdict.NotUnderstood)
        {
            return true;
        }

        if (outcome.Verdict != ApiVerdict.Broken)
        {
            return false;
        }

        // What breaks at one version again and again will not heal by asking from there once more.
        _brokenInRow = _brokenAt == _position.Version ? _brokenInRow + 1 : 1;
        _brokenAt = _position.Version;
        return _brokenInRow >= _limits.BrokenWatchesBeforeList;
    }

    private void Tell(in ApiOutcome outcome, TimeSpan delay)
    {
        switch (outcome.Verdict)
        {
            case ApiVerdict.Done:
                break;
            case ApiVerdict.Expired:
                ApiServerLog.Relisting(logger, context.Target.Plural, delay.TotalSeconds, outcome.Reason);
                break;
            default:
                context.Trouble.Failed(_verb, in outcome, delay);
                break;
        }
    }

    private static Backoff NewResume(KindContext context) => new(
        context.Limits.FirstResumeDelay, context.Limits.LongestResumeDelay, context.Limits.SoundConnection, context.Time);

    private static string Describe(Exception failure)
    {
        if (failure is OperationCanceledException)
        {
            return "the API server was silent for too long";
        }

        var cause = failure.GetBaseException().Message;
        var says = failure.Message.Contains(cause, StringComparison.Ordinal) ? failure.Message : $"{failure.Message} ({cause})";
        return Printable.Of(says);
    }
}
