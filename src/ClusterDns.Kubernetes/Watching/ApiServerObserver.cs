using ClusterDns.Kubernetes.Objects;

namespace ClusterDns.Kubernetes.Watching;

/// <summary>
/// Is told how the talk with the API server goes; does nothing by itself. Called by several loops at once.
/// </summary>
public abstract class ApiServerObserver
{
    /// <summary>An observer that looks away.</summary>
    public static ApiServerObserver None { get; } = new Blind();

    /// <summary>Comes before everything else, once.</summary>
    /// <param name="host">Host and port of the API server.</param>
    public virtual void Opened(string host)
    {
    }

    /// <summary>A kind is going to be listed and followed, until <see cref="Stopped"/>.</summary>
    public virtual void Started(ResourceKind kind)
    {
    }

    /// <summary>A kind is not asked for any more.</summary>
    public virtual void Stopped(ResourceKind kind)
    {
    }

    /// <summary>A request was answered, up to its headers, or failed.</summary>
    /// <param name="method">HTTP method: what client-go calls both verb and method.</param>
    /// <param name="host">Host and port of the API server.</param>
    /// <param name="statusCode">HTTP status; null where none came.</param>
    /// <param name="duration">From sending to the answer's headers.</param>
    public virtual void RequestFinished(string method, string host, int? statusCode, TimeSpan duration)
    {
    }

    /// <summary>A request passed the client's own throttle.</summary>
    public virtual void ThrottlePassed(string method, string host, TimeSpan waited)
    {
    }

    /// <summary>A whole list is in.</summary>
    public virtual void Listed(ResourceKind kind, string? resourceVersion, DateTimeOffset at)
    {
    }

    /// <summary>A watch is open, and all that was before it is known.</summary>
    public virtual void Following(ResourceKind kind)
    {
    }

    /// <summary>A watch told of a change.</summary>
    public virtual void EventReceived(ResourceKind kind, string? resourceVersion, DateTimeOffset at)
    {
    }

    /// <summary>A watch told that it is up to date.</summary>
    public virtual void BookmarkReceived(ResourceKind kind, string? resourceVersion, DateTimeOffset at)
    {
    }

    /// <summary>The talk about a kind was interrupted and is taken up again.</summary>
    /// <param name="kind">Which kind.</param>
    /// <param name="relists">By a new list; else from where it was.</param>
    /// <param name="reason">What had happened.</param>
    /// <param name="text">The same for people, as the end of a sentence; empty where all is well.</param>
    public virtual void Interrupted(ResourceKind kind, bool relists, InterruptionReason reason, string text)
    {
    }

    private sealed class Blind : ApiServerObserver;
}
