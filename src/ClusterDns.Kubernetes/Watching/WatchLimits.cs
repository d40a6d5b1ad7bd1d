namespace ClusterDns.Kubernetes.Watching;

/// <summary>Every time and size that bounds the talk with the API server.</summary>
internal sealed record WatchLimits
{
    /// <summary>Objects asked for in one page of a list.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Pages of one list; a server that offers more is not telling the truth.</summary>
    public int MaxPages { get; init; } = 10_000;

    /// <summary>One object in octets; etcd refuses one over 1.5 MiB, so this only stops a server gone mad.</summary>
    public int MaxObjectBytes { get; init; } = 8 << 20;

    /// <summary>A whole answer that is no list and no watch: the Status that comes with an error.</summary>
    public int MaxStatusBytes { get; init; } = 64 << 10;

    /// <summary>
    /// Until an answer's headers are here: longer than the API server's own minute for a request, so that one that needs
    /// all of it can still answer.
    /// </summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Without a byte in the middle of a list.</summary>
    public TimeSpan ListSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shortest time after which the server is asked to end a watch; up to twice that, at random.</summary>
    public TimeSpan WatchLength { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Added to a watch's own length before silence counts as death.</summary>
    public TimeSpan WatchLengthMargin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Silence that counts as death once the server has shown that it sends its bookmarks, one a minute.</summary>
    public TimeSpan BookmarkSilence { get; init; } = TimeSpan.FromMinutes(3);

    public TimeSpan FirstResumeDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// After any outage the names are right again within five seconds, and this is the longest part of them. A server asks
    /// for four kinds at the most and each by itself, so even a hundred servers are a hundred cheap requests a second.
    /// </summary>
    public TimeSpan LongestResumeDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A connection that held so long was sound: the next delay is the first one again.</summary>
    public TimeSpan SoundConnection { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan FirstRelistDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestRelistDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A list that was followed for so long was worth its price: the next list's delay is the first one again. API servers
    /// that restart one after the other forget their versions each time, and the names are to be right in five seconds
    /// after the last of them as after the first. Only one that forgets what it has just listed is asked less and less.
    /// </summary>
    public TimeSpan SoundList { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most that a server's Retry-After is obeyed.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A watch that breaks so often at one version is given up for a list.</summary>
    public int BrokenWatchesBeforeList { get; init; } = 3;

    /// <summary>Between two lines about the same trouble.</summary>
    public TimeSpan TroubleLogInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Lines about odd objects of one kind within <see cref="TroubleLogInterval"/>.</summary>
    public int ObjectProblemLines { get; init; } = 10;

    /// <summary>Between two questions whether a server without EndpointSlices has them by now.</summary>
    public TimeSpan SliceRecheck { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A token file is read again after this; the API server accepts the old token for longer.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan KeepAlivePingDelay { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan KeepAlivePingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
