using System.Globalization;

namespace ClusterDns.Plugins.Kubernetes;

/// <summary>How one kind of one source is followed just now. Written by its loop, read when a page is asked for.</summary>
/// <param name="kind">Its plural, as in the API server's paths.</param>
/// <param name="host">Host and port of the API server.</param>
/// <param name="time">Its timestamps count: a clock that is set back makes no silence shorter.</param>
internal sealed class KindState(string kind, string host, TimeProvider time)
{
    private const long NoVersion = -1;

    private long _heardAt = time.GetTimestamp();
    private long _version = NoVersion;
    private volatile bool _isEstablished;

    public string Kind => kind;

    public string Host => host;

    public bool IsEstablished
    {
        get => _isEstablished;
        set => _isEstablished = value;
    }

    public TimeSpan Silence => time.GetElapsedTime(Interlocked.Read(ref _heardAt));

    /// <summary>
    /// Null before the first list, and where versions are no numbers. Kubernetes promises numbers that grow for its own
    /// kinds only since 1.35; etcd has always given such.
    /// </summary>
    public long? Version => Interlocked.Read(ref _version) is var version and not NoVersion ? version : null;

    public void Hear(string? resourceVersion)
    {
        Interlocked.Exchange(ref _heardAt, time.GetTimestamp());
        if (resourceVersion is not null)
        {
            var isNumber = long.TryParse(resourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
            Interlocked.Exchange(ref _version, isNumber ? version : NoVersion);
        }
    }
}
